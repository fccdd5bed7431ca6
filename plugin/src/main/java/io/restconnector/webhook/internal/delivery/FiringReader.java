package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.JsonTemplate;
import io.restconnector.content.JsonValues;
import io.restconnector.content.OutsideText;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.RequestScope;
import io.restconnector.webhook.internal.trigger.Deduplication;
import io.restconnector.webhook.internal.trigger.ExpressionFailure;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.List;
import java.util.Objects;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.common.engine.impl.javax.el.ELException;
import org.flowable.eventregistry.api.EventDefinition;
import org.flowable.eventregistry.api.EventDefinitionQuery;
import org.flowable.eventregistry.api.EventRepositoryService;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Evaluates what a matching trigger takes from a request. */
public final class FiringReader {

  private final EventRegistryEngineConfiguration registry;

  public FiringReader(EventRegistryEngineConfiguration registry) {
    this.registry = registry;
  }

  /**
   * Reads the values of one trigger.
   *
   * @param deliveryId what the sender calls the delivery, null for nothing
   */
  public Firing read(Trigger trigger, RequestScope request, @Nullable String deliveryId)
      throws RefusedException {
    JsonNode answer = trigger.body();
    if (answer != null) {
      answer = evaluate(trigger, "body", answer, request);
    }
    return new Firing(
        trigger, answer, work(trigger, request), delivery(trigger, request, deliveryId));
  }

  private static Deduplication.@Nullable Delivery delivery(
      Trigger trigger, RequestScope request, @Nullable String deliveryId) throws RefusedException {
    Deduplication deduplication = trigger.checks().deduplication();
    if (deduplication == null) {
      return null;
    }
    JsonNode key =
        deduplication.key() == null
            ? JsonValues.of(deliveryId)
            : evaluate(trigger, "deduplication.key", deduplication.key(), request);
    if (!key.isValueNode()
        || key.isNull()
        || key.asString().isEmpty()
        || !OutsideText.isStorable(key.asString())) {
      throw unfit(trigger, "deduplication.key");
    }
    return deduplication.delivery(trigger.tenantId(), trigger.key(), key);
  }

  private Firing.Work work(Trigger trigger, RequestScope request) throws RefusedException {
    if (trigger.action() instanceof Trigger.EngineCall call) {
      JsonNode arguments = evaluate(trigger, "action", call.arguments(), request);
      return new Firing.Call(call.action(), ActionArguments.of(trigger, call.action(), arguments));
    }
    String eventKey = eventKey(trigger.action(), request);
    if (eventKey != null && !OutsideText.isStorable(eventKey)) {
      throw unfit(trigger, "channelEventKeyDetection");
    }
    EventDefinition definition = eventKey == null ? null : definition(eventKey, trigger.tenantId());
    if (definition == null) {
      return new Firing.UnknownEvent(Objects.requireNonNullElse(eventKey, ""));
    }
    List<EventPayloadInstance> payload =
        PayloadReader.read(
            repository().getEventModelById(definition.getId()),
            evaluate(trigger, "payload", trigger.payload(), request),
            request);
    return new Firing.Event(
        new EventInstanceImpl(definition.getKey(), payload, trigger.tenantId()));
  }

  private static @Nullable String eventKey(Trigger.Action action, RequestScope request) {
    if (action instanceof Trigger.FixedEvent fixed) {
      return fixed.eventKey();
    }
    JsonNode key =
        JsonValues.of(request.getVariable("body")).at(((Trigger.DetectedEvent) action).eventKey());
    return key.isString() ? key.stringValue() : null;
  }

  private @Nullable EventDefinition definition(String eventKey, String tenantId) {
    EventDefinition definition = latest(eventKey, tenantId);
    if (definition == null && !tenantId.isEmpty() && registry.isFallbackToDefaultTenant()) {
      String fallback =
          registry
              .getDefaultTenantProvider()
              .getDefaultTenant(tenantId, ScopeTypes.EVENT_REGISTRY, eventKey);
      definition = latest(eventKey, Objects.requireNonNullElse(fallback, ""));
    }
    return definition;
  }

  private @Nullable EventDefinition latest(String eventKey, String tenantId) {
    EventDefinitionQuery query =
        repository().createEventDefinitionQuery().eventDefinitionKey(eventKey).latestVersion();
    return (tenantId.isEmpty() ? query.withoutTenantId() : query.tenantId(tenantId)).singleResult();
  }

  private EventRepositoryService repository() {
    return registry.getEventRepositoryService();
  }

  private static JsonNode evaluate(
      Trigger trigger, String property, JsonNode template, RequestScope request)
      throws RefusedException {
    try {
      return JsonTemplate.evaluate(template, text -> value(trigger, text, request));
    } catch (FlowableException failed) {
      if (failed.getCause() instanceof ELException && !ExpressionFailure.isOfApplication(failed)) {
        throw unfit(trigger, property);
      }
      throw failed;
    } catch (IllegalArgumentException noJson) {
      throw unfit(trigger, property);
    }
  }

  private static @Nullable Object value(Trigger trigger, String text, RequestScope request) {
    Expression expression = Objects.requireNonNull(trigger.expressions().get(text));
    return expression.getValue(request);
  }

  private static RefusedException unfit(Trigger trigger, String property) {
    return RefusedException.badRequest(
        "%s of trigger %s cannot be made from this request.".formatted(property, trigger.key()));
  }
}
