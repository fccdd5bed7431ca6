package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.trust.SenderChecks;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.delegate.Expression;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A deployed webhook channel.
 *
 * @param tenantId empty for none
 * @param methods empty for any
 * @param headers by name in lower case
 * @param body template of the answer
 * @param payload templates of event payload values
 * @param expressions every expression of the trigger, by its text
 */
public record Trigger(
    String key,
    String tenantId,
    PathTemplate path,
    Set<String> methods,
    Map<String, String> headers,
    Map<String, String> params,
    @Nullable Expression condition,
    int status,
    @Nullable JsonNode body,
    ObjectNode payload,
    Action action,
    SenderChecks checks,
    boolean acceptWithoutConsumer,
    Map<String, Expression> expressions) {

  public boolean isSigned() {
    return checks.signature() != null;
  }

  public sealed interface Action {}

  /** Publishes an event whose key is fixed. */
  public record FixedEvent(String eventKey) implements Action {}

  /** Publishes the event that the body names. */
  public record DetectedEvent(JsonPointer eventKey) implements Action {}

  /** Calls the engine with arguments that are JSON templates. */
  public record EngineCall(EngineAction action, ObjectNode arguments) implements Action {}
}
