package io.restconnector.webhook.internal;

import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.internal.check.Candidate;
import io.restconnector.webhook.internal.delivery.MatchedTrigger;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request with all that became of it.
 *
 * @param body its beginning as it came over the wire; null where it was not read, or is not wanted
 * @param candidates all triggers of its path, in the order of the outcome
 * @param matched what the matching triggers took of it
 * @param replayOf id of the entry of the journal that was sent once more, null for others
 */
public record AnsweredRequest(
    WebhookOutcome outcome,
    WebhookRequest request,
    WebhookResponse answer,
    byte @Nullable [] body,
    List<Candidate> candidates,
    List<MatchedTrigger> matched,
    @Nullable Long replayOf) {}
