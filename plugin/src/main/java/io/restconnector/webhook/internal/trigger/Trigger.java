package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.trust.SenderChecks;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.delegate.Expression;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A deployed webhook channel.
 *
 * @param tenantId empty for none
 * @param methods empty for any
 * @param each gives a list; the trigger fires for each of its elements
 * @param respond null where the trigger answers itself
 * @param payload templates of event payload values
 * @param keep how long an event waits that nothing takes yet, null where it does not
 * @param maxBodySize in bytes, null for that of the endpoint
 * @param eventNotMatchStatus of its path, null for that of the endpoint
 * @param expressions every expression of a template, by its text
 * @param signingSecrets names of secrets by which the answer signs
 * @param tellsElementsApart whether the deduplication key is one of the element that it is for
 */
public record Trigger(
    String key,
    String tenantId,
    PathTemplate path,
    Set<String> methods,
    WantedHeaders headers,
    Map<String, String> params,
    @Nullable Expression condition,
    @Nullable Expression each,
    AnswerTemplate answer,
    @Nullable Respond respond,
    ObjectNode payload,
    Action action,
    SenderChecks checks,
    boolean acceptWithoutConsumer,
    @Nullable Duration keep,
    @Nullable Long maxBodySize,
    @Nullable Integer eventNotMatchStatus,
    Map<String, Expression> expressions,
    Set<String> signingSecrets,
    boolean tellsElementsApart) {

  /** The longest body in bytes that it takes where all bodies have a limit. */
  public long maxBodySize(long limit) {
    return maxBodySize == null ? limit : Math.min(maxBodySize, limit);
  }

  public boolean isSigned() {
    return checks.signature() != null;
  }

  public sealed interface Action {}

  /** Publishes an event whose key is fixed. */
  public record FixedEvent(String eventKey) implements Action {}

  /** Publishes the event that the body names. */
  public record DetectedEvent(JsonPointer eventKey) implements Action {}

  /** Calls the engine with arguments that are JSON templates. */
  public record EngineCall(ActionKind kind, ObjectNode arguments) implements Action {}
}
