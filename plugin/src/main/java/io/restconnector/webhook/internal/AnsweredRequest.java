package io.restconnector.webhook.internal;

import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.internal.check.Candidate;
import io.restconnector.webhook.internal.check.TriggerChecks;
import io.restconnector.webhook.internal.delivery.MatchedTrigger;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request with all that became of it.
 *
 * @param body its beginning as it came over the wire; null where it was not read, or is not wanted
 * @param parts of all triggers of its path, in the order of the outcome; none where nobody observes
 * @param replayOf id of the entry of the journal that was sent once more, null for others
 */
public record AnsweredRequest(
    WebhookOutcome outcome,
    WebhookRequest request,
    WebhookResponse answer,
    byte @Nullable [] body,
    List<Part> parts,
    @Nullable Long replayOf) {

  /**
   * What one trigger took of it, without what is large: a request may wait for a process.
   *
   * @param deliveryId what the sender calls the delivery, null where that is not known
   * @param correlation of the first element, where the trigger fires for each
   */
  public record Part(
      Trigger trigger, @Nullable String deliveryId, Map<String, String> correlation) {}

  static List<Part> parts(@Nullable TriggerChecks checks, List<MatchedTrigger> matched) {
    List<Part> parts = new ArrayList<>();
    for (Candidate each : checks == null ? List.<Candidate>of() : checks.candidates()) {
      parts.add(new Part(each.trigger(), each.deliveryId(), correlation(each.trigger(), matched)));
    }
    return parts;
  }

  private static Map<String, String> correlation(Trigger trigger, List<MatchedTrigger> matched) {
    for (MatchedTrigger each : matched) {
      if (each.trigger().equals(trigger)) {
        return each.action().correlation();
      }
    }
    return Map.of();
  }
}
