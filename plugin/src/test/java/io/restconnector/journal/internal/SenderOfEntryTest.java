package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.journal.RequestEntry;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a trigger knew the sender of a request of the journal. */
class SenderOfEntryTest {

  private static final SignatureScheme.Verdict UNKNOWN =
      new SignatureScheme.Invalid(
          "this was not checked when the request came, and the journal keeps no credentials");

  private static Trigger trigger(String key, String tenant) {
    return new Trigger(
        key, tenant, null, Set.of(), null, Map.of(), null, null, null, null, null, null, null,
        false, null, null, null, Map.of(), Set.of(), false);
  }

  private static RequestEntry.Trigger then(
      String key, String tenant, String result, @Nullable Check check, @Nullable String reason) {
    return new RequestEntry.Trigger(
        key, tenant, result, check, reason, "d-1", null, null, Map.of(), List.of(), null);
  }

  private static SenderOfEntry sender(RequestEntry.Trigger... triggers) {
    return new SenderOfEntry(
        new RequestEntry(
            1,
            Instant.EPOCH,
            Duration.ZERO,
            0,
            "POST",
            "orders",
            null,
            404,
            "NotMatched",
            null,
            null,
            List.of(triggers),
            null,
            Map.of(),
            null,
            true));
  }

  /** The checks are made in their order, and the first that refused was the last. */
  @ParameterizedTest
  @CsvSource({
    "fired, , , AUTHENTICATION, valid",
    "fired, , , SIGNATURE, valid",
    "refused, CONDITION, false, AUTHENTICATION, valid",
    "refused, CONDITION, false, SIGNATURE, valid",
    "refused, SIGNATURE, no match, AUTHENTICATION, valid",
    "refused, SIGNATURE, no match, SIGNATURE, no match",
    "refused, SIGNATURE, , SIGNATURE, unknown",
    "refused, AUTHENTICATION, no secret, AUTHENTICATION, no secret",
    "refused, AUTHENTICATION, no secret, SIGNATURE, unknown",
    "refused, METHOD, GET, AUTHENTICATION, unknown",
    "undecided, , , AUTHENTICATION, unknown",
  })
  void whenACheckWasMadeThenItsVerdictIsThatOfThen(
      String result,
      @Nullable Check refusedBy,
      @Nullable String reason,
      Check asked,
      String verdict) {
    SenderOfEntry sender = sender(then("k", "", result, refusedBy, reason));

    assertThat(sender.verdict(trigger("k", ""), asked))
        .isEqualTo(
            switch (verdict) {
              case "valid" -> new SignatureScheme.Valid("d-1");
              case "unknown" -> UNKNOWN;
              default -> new SignatureScheme.Invalid(verdict);
            });
  }

  @Test
  void whenTheTriggerWasNotThereThenItKnowsNoSender() {
    SenderOfEntry sender =
        sender(then("k", "a", "fired", null, null), then("other", "", "fired", null, null));

    assertThat(sender.verdict(trigger("k", ""), Check.SIGNATURE)).isEqualTo(UNKNOWN);
    assertThat(sender.verdict(trigger("k", "a"), Check.SIGNATURE))
        .isEqualTo(new SignatureScheme.Valid("d-1"));
  }
}
