package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trust.Deduplication;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that matched, with everything evaluated that it takes from the request.
 *
 * @param delivery null where the trigger takes the same delivery any number of times
 */
public record MatchedTrigger(
    Trigger trigger,
    PlannedAnswer answer,
    EngineAction action,
    Deduplication.@Nullable Delivery delivery) {}
