package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.Redaction;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.journal.CallEntry;
import io.restconnector.journal.JournalSettings;
import io.restconnector.journal.JournalSettings.Capture;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a call is remembered. What an entry holds is {@link CallEntriesTest}'s. */
class JournaledCallsTest {

  private static final CallSource SOURCE =
      new CallSource(CallSource.Kind.DELEGATE, "p", "p:1", "i-1", "a-1", null);
  private static final CallOutcome OK = new CallOutcome.Response(200, List.of(), new byte[0], 0);

  private static final CallResult NOT_SENT =
      CallResult.of(
          RestAction.GET, TestRequests.get("http://a.test/"), new CallOutcome.TooLarge(1));

  private final Ring<CallEntry> ring = new Ring<>(10);
  private final CompletableFuture<CallOutcome> network = new CompletableFuture<>();

  private static JournaledCalls journal(@Nullable Ring<CallEntry> ring) {
    Redaction secrets = Redaction.of(List.of());
    return new JournaledCalls(
        ring,
        new CallEntries(
            Capture.METADATA, new ShownText(JournalSettings.defaults(), () -> secrets, Set.of())));
  }

  private CompletableFuture<CallOutcome> call(JournaledCalls journal) {
    RestRequest request = TestRequests.get("http://a.test/x?k=geheim").from(SOURCE);
    return CallChain.start(
        List.of(journal, chain -> network),
        request,
        Identity.anonymous(""),
        new CallContext(request, SendPermit.ALWAYS, new Object()));
  }

  @Test
  void whenACallEndsThenItsEntryIsThereBeforeItsCallerKnows() {
    AtomicReference<List<CallEntry>> seen = new AtomicReference<>();
    CompletableFuture<CallOutcome> call = call(journal(ring));
    call.thenRun(() -> seen.set(ring.newestFirst()));
    assertThat(ring.newestFirst()).isEmpty();
    network.complete(OK);

    assertThat(seen.get()).extracting(CallEntry::outcome).containsExactly("2xx");
    assertThat(call.join()).isSameAs(OK);
  }

  @Test
  void whenACallIsGivenUpThenTheRestIsTooAndTheEntrySaysSo() {
    call(journal(ring)).cancel(false);

    assertThat(network).isCancelled();
    assertThat(ring.newestFirst()).extracting(CallEntry::outcome).containsExactly("Cancelled");
  }

  @Test
  void whenNothingIsRememberedAndNothingLoggedThenTheCallGoesByItself() {
    try (LoggedEvents log = LoggedEvents.of(JournaledCalls.class).at(Level.INFO)) {
      assertThat(call(journal(null))).isSameAs(network);
      journal(null).notSent(RestAction.GET, SOURCE, NOT_SENT);
      assertThat(log.events()).isEmpty();
    }
  }

  @Test
  void whenNothingIsRememberedThenTheLogHasALineAtDebugAllTheSame() {
    try (LoggedEvents log = LoggedEvents.of(JournaledCalls.class).alone().at(Level.DEBUG)) {
      call(journal(null));
      network.complete(OK);

      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("GET http://a.test/x of activity a-1 of instance i-1: 2xx 200 in ");
      assertThat(log.text()).doesNotContain("geheim");
    }
  }

  /** Here the entry fails, as what should hide its secrets does. */
  @Test
  void whenTheJournalFailsThenTheCallGoesOn() {
    JournaledCalls failing =
        new JournaledCalls(
            ring,
            new CallEntries(
                Capture.METADATA,
                new ShownText(
                    JournalSettings.defaults(),
                    () -> {
                      throw new IllegalStateException("broken");
                    },
                    Set.of())));
    try (LoggedEvents log = LoggedEvents.of(JournaledCalls.class).alone()) {
      CompletableFuture<CallOutcome> call = call(failing);
      network.complete(OK);

      assertThat(call.join()).isSameAs(OK);
      assertThat(log.messages()).containsExactly("The journal has failed at a call");
    }
    assertThat(ring.newestFirst()).isEmpty();
  }
}
