package io.restconnector.webhook.internal;

import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.check.TriggerChecks;
import io.restconnector.webhook.internal.delivery.MatchedTrigger;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody sends: what {@link Reception} does with one, without the transaction that
 * would follow.
 *
 * @param checks null where the path cannot be read
 * @param matched what the triggers that match take of it
 * @param answer with which the sender would be refused, null where a trigger matches
 */
public record Trial(
    @Nullable TriggerChecks checks,
    List<MatchedTrigger> matched,
    @Nullable WebhookResponse answer) {

  /** Runs all checks; nothing is counted, nothing is stored. */
  static Trial of(
      WebhookEndpoint endpoint,
      WebhookRequest request,
      byte[] body,
      Occasion.@Nullable KnownSender knownSender) {
    TriggerDispatch dispatch =
        new TriggerDispatch(
            endpoint.triggers(),
            endpoint.settings(),
            request,
            endpoint.triggers().now(),
            Occasion.trial(knownSender));
    WebhookResponse answer;
    try {
      answer = dispatch.head(body.length);
      answer = answer == null ? dispatch.match(body) : answer;
    } catch (RefusedException refused) {
      answer = refused.response();
    } catch (RuntimeException failed) {
      answer = Reception.failure();
    }
    return new Trial(dispatch.checks(), dispatch.matched(), answer);
  }
}
