package io.restconnector.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallAuthentication.Authenticator;
import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.CallAuthentication.Result;
import io.restconnector.spi.CallAuthentication.Unavailable;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An attempt that needs credentials, by steps that the tests end. */
class AuthenticatedCallTest {

  private static final Credentials FIRST = Credentials.authorization("Bearer first");
  private static final Credentials SECOND = Credentials.authorization("Bearer second");

  private final RestRequest request = TestRequests.get("http://a.test/");
  private final CallContext context = new CallContext(request, SendPermit.ALWAYS, new Object());
  private final ShownCredentials shown = new ShownCredentials();
  private final Queue<Supplier<CompletableFuture<Result>>> given = new ArrayDeque<>();
  private final List<Credentials> refused = new ArrayList<>();
  private final List<Identity> sentAs = new ArrayList<>();
  private final List<CompletableFuture<CallOutcome>> sent = new ArrayList<>();
  private boolean othersAfterRefusal = true;
  private boolean credentialsReach = true;

  private final Authenticator authenticator =
      new Authenticator() {
        @Override
        public CompletableFuture<Result> authenticate(RestRequest asked, Deadline deadline) {
          return given.remove().get();
        }

        @Override
        public boolean refused(Credentials credentials) {
          refused.add(credentials);
          return othersAfterRefusal;
        }
      };

  private CompletableFuture<CallOutcome> start(Authenticator by) {
    ConfiguredAuthentication crm =
        new ConfiguredAuthentication("crm", AuthenticationSettings.bearer("key"), by, "");
    return CallChain.start(
        List.of(
            chain -> new AuthenticatedCall(CallChain.of(chain), crm, shown).start(),
            chain -> {
              CallChain call = CallChain.of(chain);
              call.identity().shown(credentialsReach);
              sentAs.add(call.identity());
              sent.add(new CompletableFuture<>());
              return sent.get(sent.size() - 1);
            }),
        request,
        Identity.anonymous(""),
        context);
  }

  private CompletableFuture<CallOutcome> start() {
    return start(authenticator);
  }

  private void give(Result result) {
    given.add(() -> CompletableFuture.completedFuture(result));
  }

  private static CallOutcome.Response status(int status) {
    return new CallOutcome.Response(status, List.of(), new byte[0], 0);
  }

  @Test
  void whenThereAreCredentialsThenTheRequestIsSentWithThem() {
    give(FIRST);
    CompletableFuture<CallOutcome> call = start();
    CallOutcome answer = status(200);
    sent.get(0).complete(answer);

    assertThat(call.join()).isSameAs(answer);
    assertThat(sentAs.get(0).values()).isEqualTo(List.copyOf(FIRST.headers().values()));
    assertThat(shown.values()).isEqualTo(List.copyOf(FIRST.headers().values()));
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401, true, true, 2",
    "401, false, true, 1",
    "401, true, false, 1",
    "403, true, true, 1",
    "500, true, true, 1",
  })
  void whenTheServerRefusesThemAndThereMayBeOthersThenTheseAreSentOnceMore(
      int status, boolean others, boolean reach, int attempts) {
    othersAfterRefusal = others;
    credentialsReach = reach;
    give(FIRST);
    give(SECOND);
    CompletableFuture<CallOutcome> call = start();
    sent.get(0).complete(status(status));

    assertThat(sent).hasSize(attempts);
    assertThat(refused).hasSize(status == 401 && reach ? 1 : 0).allMatch(FIRST::equals);
    sent.get(attempts - 1).complete(status(status));
    assertThat(call.join())
        .isInstanceOfSatisfying(
            CallOutcome.Response.class, last -> assertThat(last.status()).isEqualTo(status));
    assertThat(sent).hasSize(attempts); // the second refusal is the answer
  }

  @Test
  void whenThereAreNoCredentialsThenTheOutcomeIsTheirs() {
    CallOutcome none = new CallOutcome.TooLarge(1);
    give(new Unavailable(none));

    assertThat(start().join()).isSameAs(none);
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"throws", "fails", "null"})
  void whenAnAuthenticationFailsThenTheCallIsNotSentAndItsMessageIsNotQuoted(String how) {
    RuntimeException failure = new IllegalStateException("geheim");
    CallOutcome outcome =
        start(
                (asked, deadline) -> {
                  if (how.equals("throws")) {
                    throw failure;
                  }
                  return how.equals("fails")
                      ? CompletableFuture.failedFuture(failure)
                      : CompletableFuture.completedFuture(null);
                })
            .join();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            CallOutcome.Failed.class,
            failed -> {
              assertThat(failed.what())
                  .isEqualTo("was not sent, authentication 'crm' gave no credentials");
              assertThat(failed.isOfThisNode()).isTrue();
              assertThat(failed.cause())
                  .hasMessage(
                      how.equals("null")
                          ? "an authentication gave null"
                          : "an authentication failed: java.lang.IllegalStateException")
                  .hasNoCause();
            });
    assertThat(sent).isEmpty();
  }

  @Test
  void whenAnAuthenticationFailsAtARefusalThenTheRefusalIsTheAnswer() {
    CompletableFuture<CallOutcome> call =
        start(
            new Authenticator() {
              @Override
              public CompletableFuture<Result> authenticate(RestRequest asked, Deadline deadline) {
                return CompletableFuture.completedFuture(FIRST);
              }

              @Override
              public boolean refused(Credentials credentials) {
                throw new IllegalStateException("geheim");
              }
            });
    CallOutcome refusal = status(401);
    sent.get(0).complete(refusal);

    assertThat(call.join()).isSameAs(refusal);
    assertThat(sent).hasSize(1);
  }

  @Test
  void whenTheCallEndsBeforeThereAreCredentialsThenItSaysSoAndNothingIsSent() {
    CompletableFuture<Result> late = new CompletableFuture<>();
    given.add(() -> late);
    CompletableFuture<CallOutcome> call = start();
    context.expire();

    assertThat(call.join())
        .isEqualTo(
            new CallOutcome.TimedOut(request.timeout(), "the credentials of authentication 'crm'"));
    assertThat(late).isCancelled();
    late.complete(FIRST);
    assertThat(sent).isEmpty();
  }

  @Test
  void whenTheCallEndsAfterItWasSentThenItDoesNotBlameTheCredentials() {
    give(FIRST);
    CompletableFuture<CallOutcome> call = start();
    context.expire();

    assertThat(call.join()).isEqualTo(new CallOutcome.TimedOut(request.timeout()));
    assertThat(sent.get(0)).isCancelled();
  }

  @Test
  void whenTheConnectorIsClosedMeanwhileThenThatIsTheOutcome() {
    given.add(CompletableFuture::new);
    CompletableFuture<CallOutcome> call = start();
    context.close();

    assertThat(call.join()).isInstanceOf(CallOutcome.Failed.class);
  }
}
