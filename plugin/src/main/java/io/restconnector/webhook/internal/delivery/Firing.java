package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.trigger.Deduplication;
import io.restconnector.webhook.internal.trigger.EngineAction;
import io.restconnector.webhook.internal.trigger.Trigger;
import org.flowable.eventregistry.api.runtime.EventInstance;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A trigger that matched, with everything evaluated that it takes from the request.
 *
 * @param answer body of the response
 * @param delivery null where the trigger takes the same delivery any number of times
 */
public record Firing(
    Trigger trigger,
    @Nullable JsonNode answer,
    Work work,
    Deduplication.@Nullable Delivery delivery) {

  sealed interface Work {}

  record Event(EventInstance instance) implements Work {}

  record Call(EngineAction action, ActionArguments arguments) implements Work {}

  /** There is no event definition with the detected key, so nothing can wait for it. */
  record UnknownEvent() implements Work {}
}
