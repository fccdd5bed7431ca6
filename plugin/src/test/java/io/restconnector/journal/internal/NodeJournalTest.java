package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.internal.Redaction;
import io.restconnector.journal.CallEntry;
import io.restconnector.journal.EarlyEntry;
import io.restconnector.journal.JournalFilter;
import io.restconnector.journal.JournalSettings;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.webhook.internal.RequestObserver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a node remembers, and what it hides of it. */
class NodeJournalTest {

  private static NodeJournal journal(int size, AuthenticationSettings authentication) {
    return new NodeJournal(
        JournalSettings.defaults().withSize(size),
        AccessSettings.defaults().withAuthentications(Map.of("crm", authentication)),
        () -> Redaction.of(List.of()));
  }

  private static NodeJournal journal(int size) {
    return journal(size, AuthenticationSettings.bearer("key"));
  }

  /** A call of this instance that was not sent. */
  private static void remember(NodeJournal journal, String instance) {
    journal
        .ofUnsentCalls()
        .notSent(
            RestAction.GET,
            new CallSource(CallSource.Kind.DELEGATE, "p", "p:1", instance, "a", null),
            CallResult.of(
                RestAction.GET, TestRequests.get("http://a.test/"), new CallOutcome.TooLarge(1)));
  }

  @Test
  void whenTheSizeIsZeroThenNothingIsThereAndNobodyListens() {
    NodeJournal journal = journal(0);
    remember(journal, "i");

    assertThat(journal.calls()).isEmpty();
    assertThat(journal.requests()).isEmpty();
    assertThat(journal.early(JournalFilter.all())).isEmpty();
    assertThat(journal.call(0)).isNull();
    assertThat(journal.request(0)).isNull();
    assertThat(journal.ofRequests((action, target) -> null, List::of)).isNull();
  }

  @Test
  void whenCallsAreRememberedThenTheyAreFoundByTheirNumberAndByAFilter() {
    NodeJournal journal = journal(2);
    List.of("i-0", "i-1", "i-2").forEach(instance -> remember(journal, instance));

    assertThat(journal.calls()).extracting(CallEntry::instance).containsExactly("i-2", "i-1");
    assertThat(journal.calls(JournalFilter.all().withInstance("i-1")))
        .singleElement()
        .isEqualTo(journal.call(1));
    assertThat(journal.call(0)).isNull();
    assertThat(journal.call(3)).isNull();
    assertThat(journal.call(-1)).isNull();
    assertThat(journal.request(1)).isNull();
  }

  @Test
  void whenAnEarlyEventIsRememberedThenItStandsByItself() {
    NodeJournal journal = journal(2);
    RequestObserver observer =
        Objects.requireNonNull(journal.ofRequests((action, target) -> null, List::of));
    observer.early(
        new EarlyEventOutcome(
            7,
            "orders",
            "",
            "event",
            "paid",
            Instant.EPOCH,
            EarlyEventOutcome.Kind.KEPT,
            List.of("i")));

    assertThat(journal.early(JournalFilter.all()))
        .extracting(EarlyEntry::event, EarlyEntry::outcome)
        .containsExactly(tuple(7L, "Kept"));
    assertThat(journal.early(JournalFilter.all().withTrigger("other"))).isEmpty();
    assertThat(journal.requests()).isEmpty();
  }

  /** Where the credentials of authentications travel is hidden, whatever the name says. */
  @Test
  void whenAnAuthenticationHasAPlaceOfItsOwnThenItIsHidden() {
    assertThat(journal(1, AuthenticationSettings.apiKeyHeader("X-Pin", "k")).text().names())
        .containsExactly("x-pin");
    assertThat(journal(1, AuthenticationSettings.apiKeyQuery("Pin", "k")).text().names())
        .containsExactly("pin");
    assertThat(journal(1, AuthenticationSettings.clientCertificate("b")).text().names()).isEmpty();
  }
}
