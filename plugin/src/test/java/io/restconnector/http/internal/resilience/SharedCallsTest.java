package io.restconnector.http.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.CircuitBreakerSettings;
import io.restconnector.http.ShareSettings;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.http.internal.share.Place;
import io.restconnector.http.internal.share.Share;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which place an attempt takes. What becomes of it there is {@link SharedCallTest}'s. */
class SharedCallsTest {

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Shares shares =
      new Shares(
          Map.of(
              "a", new ShareSettings(List.of("http://a.test"), 1, null),
              "b", new ShareSettings(List.of("http://b.test"), 1, null)),
          timer);
  private final CircuitBreakers breakers =
      new CircuitBreakers(CircuitBreakerSettings.defaults(), timer);
  private final List<CompletableFuture<CallOutcome>> sent = new ArrayList<>();

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  private Share share(String url) {
    return Objects.requireNonNull(shares.of(URI.create(url)));
  }

  /** As the worker has one for a job, with the place that it was given. */
  private record Permit(@Nullable Place takePlace) implements SendPermit {
    @Override
    public void acquire(Runnable attempt) {
      attempt.run();
    }

    @Override
    public void release() {}

    @Override
    public boolean isValid() {
      return true;
    }
  }

  private CompletableFuture<CallOutcome> call(RestRequest request, @Nullable Place given) {
    return CallChain.start(
        List.of(
            new SharedCalls(shares, breakers, Clock.systemUTC()),
            chain -> {
              sent.add(new CompletableFuture<>());
              return sent.get(sent.size() - 1);
            }),
        request,
        Identity.anonymous(""),
        new CallContext(request, new Permit(given), new Object()));
  }

  private CompletableFuture<CallOutcome> call(String url, @Nullable Place given) {
    return call(TestRequests.get(url), given);
  }

  private static int inFlight(Share share) {
    return share.state().inFlight();
  }

  @Test
  void whenAHostHasAShareThenItsAttemptsTakeTheirTurn() {
    CompletableFuture<CallOutcome> first = call("http://a.test/1", null);
    CompletableFuture<CallOutcome> second = call("http://a.test/2", null);
    assertThat(sent).hasSize(1);
    assertThat(share("http://a.test/").state().waiting()).isEqualTo(1);

    sent.get(0).complete(new CallOutcome.TooLarge(1));
    assertThat(first).isCompleted();
    second.cancel(false);
    assertThat(inFlight(share("http://a.test/"))).isZero();
  }

  @Test
  void whenAHostHasNoneThenItsAttemptsAreMadeAtOnce() {
    call("http://other.test/", null);
    call("http://other.test/", null);

    assertThat(sent).hasSize(2);
    assertThat(shares.all()).allMatch(each -> inFlight(each) == 0);
  }

  @Test
  void whenACallWasGivenAPlaceThenItNeedsNoOther() {
    Place given = share("http://a.test/").place();
    assertThat(given.tryTake()).isTrue();
    CompletableFuture<CallOutcome> call = call("http://a.test/", given);
    assertThat(sent).hasSize(1);
    assertThat(inFlight(share("http://a.test/"))).isEqualTo(1);

    sent.get(0).complete(new CallOutcome.TooLarge(1));
    assertThat(call).isCompleted();
    assertThat(inFlight(share("http://a.test/"))).isZero();
  }

  @Test
  void whenThePlaceIsInAnotherShareThenItIsGivenBackAndTheRightOneTaken() {
    Place given = share("http://a.test/").place();
    assertThat(given.tryTake()).isTrue();
    call("http://b.test/", given);

    assertThat(inFlight(share("http://a.test/"))).isZero();
    assertThat(inFlight(share("http://b.test/"))).isEqualTo(1);
  }

  @Test
  void whenTheHostHasNoShareThenAPlaceInAnotherIsGivenBackAllTheSame() {
    Place given = share("http://a.test/").place();
    assertThat(given.tryTake()).isTrue();
    call("http://other.test/", given);

    assertThat(sent).hasSize(1);
    assertThat(inFlight(share("http://a.test/"))).isZero();
  }

  @Test
  void whenTheCircuitIsOpenThenOnlyACallWithAPlaceGoesOn() {
    RestRequest guarded = TestRequests.guarded(TestRequests.get("http://a.test/"));
    breakers.of(guarded.origin()).transitionToOpenState();

    assertThat(call(guarded, null).join())
        .isEqualTo(new CallOutcome.CircuitOpen("http://a.test:80"));
    assertThat(sent).isEmpty();
    assertThat(share("http://a.test/").state().waiting()).isZero();
    call(guarded, share("http://a.test/").place());
    assertThat(sent).hasSize(1); // the breaker behind refuses it
  }
}
