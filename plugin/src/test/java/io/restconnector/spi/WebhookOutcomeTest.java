package io.restconnector.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.TriggerOutcome.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which triggers a request concerns. */
class WebhookOutcomeTest {

  private static final TriggerOutcome OTHER_METHOD =
      trigger("otherMethod", new TriggerOutcome.Refused(Check.METHOD, ""));
  private static final TriggerOutcome REFUSING =
      trigger("refusing", new TriggerOutcome.Refused(Check.HEADERS, ""));
  private static final TriggerOutcome UNDECIDED =
      trigger("undecided", new TriggerOutcome.Undecided());
  private static final TriggerOutcome FIRED =
      trigger("fired", new TriggerOutcome.Fired("event", "e", List.of()));
  private static final TriggerOutcome FAILED = trigger("failed", new TriggerOutcome.Failed());

  private static TriggerOutcome trigger(String key, TriggerOutcome.Verdict verdict) {
    return new TriggerOutcome(key, "", verdict);
  }

  @Test
  void whenTriggersMatchThenTheRequestConcernsThese() {
    assertThat(WebhookOutcome.concerned(List.of(REFUSING, FIRED, UNDECIDED, FAILED)))
        .containsExactly(FIRED, FAILED);
  }

  @Test
  void whenNoneMatchesThenItConcernsThoseOfPathAndMethod() {
    assertThat(WebhookOutcome.concerned(List.of(OTHER_METHOD, REFUSING, UNDECIDED)))
        .containsExactly(REFUSING, UNDECIDED);
    assertThat(WebhookOutcome.concerned(List.of(OTHER_METHOD))).isEmpty();
  }
}
