package io.restconnector.http.internal.chain;

import static io.restconnector.fixtures.TestRequests.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * An interceptor of the application may do anything: its call ends, and so does what it started.
 */
@SuppressWarnings("NullAway") // an application may give null
class GuardedInterceptorTest {

  private static final CallOutcome ANSWER = new CallOutcome.TooLarge(1);

  private final RestRequest request = get("http://127.0.0.1/");
  private final CallContext call = new CallContext(request, SendPermit.ALWAYS, new Object());
  private final List<CompletableFuture<CallOutcome>> started = new ArrayList<>();
  private final List<RestRequest> sent = new ArrayList<>();

  /** Calls this one in front of a server that does not answer. */
  private CompletableFuture<CallOutcome> call(CallInterceptor interceptor) {
    CallInterceptor silent =
        chain -> {
          CompletableFuture<CallOutcome> pending = new CompletableFuture<>();
          started.add(pending);
          sent.add(chain.request());
          return pending;
        };
    return CallChain.start(
        List.of(new GuardedInterceptor(interceptor), silent),
        request,
        Identity.anonymous(""),
        call);
  }

  @Test
  void whenAnInterceptorAnswersBeforeWhatItStartedThenThatIsCancelled() {
    CompletableFuture<CallOutcome> result =
        call(
            chain -> {
              chain.proceed(chain.request());
              chain.proceed(chain.request());
              return CompletableFuture.completedFuture(ANSWER);
            });

    assertThat(result).isCompletedWithValue(ANSWER);
    assertThat(started).hasSize(2).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void whenTheCallEndsThenTheAnswerOfTheInterceptorIsCancelled() {
    CompletableFuture<CallOutcome> answer = new CompletableFuture<>();
    CompletableFuture<CallOutcome> result = call(chain -> answer);
    call.close();

    assertThat(result.join().isOfThisNode()).isTrue();
    assertThat(answer).isCancelled();
  }

  @Test
  void whenAnInterceptorThrowsOrFailsOrGivesNullThenTheCallHasFailedWithoutItsMessage() {
    for (CallInterceptor broken :
        List.<CallInterceptor>of(
            chain -> {
              throw new IllegalStateException("secret");
            },
            chain -> null,
            chain -> CompletableFuture.completedFuture(null),
            chain -> CompletableFuture.failedFuture(new IllegalStateException("secret")))) {
      assertThat(call(broken).join())
          .isInstanceOfSatisfying(
              CallOutcome.Failed.class,
              failed -> {
                assertThat(failed.what()).isEqualTo("failed in an interceptor of the application");
                assertThat(failed.isOfThisNode()).isTrue();
                assertThat(failed.cause()).message().doesNotContain("secret");
              });
    }
  }

  @Test
  void whenAnInterceptorChangesTheTimeoutThenThatOfTheCallStays() {
    call(chain -> chain.proceed(chain.request().within(Duration.ofDays(1))));
    assertThat(sent.get(0).timeout()).isEqualTo(request.timeout());
  }

  @Test
  void whenTheDeadlinePassesThenTheMessageNamesWhoWasWaitedFor() {
    CompletableFuture<CallOutcome> late = call(chain -> new CompletableFuture<>());
    call.expire();
    assertThat(late.join())
        .isEqualTo(
            new CallOutcome.TimedOut(request.timeout(), "an interceptor of the application"));
  }

  @Test
  void whenTheRestOfTheCallTimedOutThenTheInterceptorWasNotLate() {
    CallOutcome rest = new CallOutcome.TimedOut(request.timeout(), "a free connection");
    CompletableFuture<CallOutcome> result =
        call(
            chain -> {
              CompletableFuture<CallOutcome> proceeded = chain.proceed(chain.request());
              proceeded.complete(rest);
              return new CompletableFuture<>();
            });
    call.expire();

    assertThat(result).isCompletedWithValue(rest);
  }
}
