package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.OutsideText;
import io.restconnector.spi.SecretSource;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.Evaluator;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trust.Deduplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.eventregistry.api.EventDefinition;
import org.flowable.eventregistry.api.EventDefinitionQuery;
import org.flowable.eventregistry.api.EventRepositoryService;
import org.flowable.eventregistry.api.runtime.EventPayloadInstance;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.impl.runtime.EventInstanceImpl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Evaluates what a matching trigger takes from a request. */
public final class MatchedTriggerReader {

  static final int MAX_ELEMENTS = 1_000;

  /** Elements take as much as the body has, and some of it twice. */
  static final int COPIED_BODIES = 2;

  private final EventRegistryEngineConfiguration registry;
  private final SecretSource secrets;
  private final long maxBodySize;

  /**
   * Reads what is deployed now.
   *
   * @param secrets by which answers may sign
   * @param maxBodySize of the endpoint, in bytes
   */
  public MatchedTriggerReader(
      EventRegistryEngineConfiguration registry, SecretSource secrets, long maxBodySize) {
    this.registry = registry;
    this.maxBodySize = maxBodySize;
    this.secrets = secrets;
  }

  /**
   * Reads the values of one trigger.
   *
   * @param request all of it
   * @param wanted for what of it the trigger fires
   * @param deliveryId what the sender calls the delivery, null for nothing
   * @return at least one
   */
  public List<MatchedTrigger> read(
      Trigger trigger, RequestScope request, WantedScopes wanted, @Nullable String deliveryId)
      throws RefusedException {
    List<RequestScope> scopes = wanted.scopes();
    if (scopes.size() > MAX_ELEMENTS) {
      throw evaluator(trigger, request)
          .unfit("each", "gives more than " + MAX_ELEMENTS + " elements");
    }
    if (scopes.isEmpty()) {
      return List.of(withoutElement(trigger, request));
    }
    List<MatchedTrigger> matched = new ArrayList<>();
    CopiedValues copied = new CopiedValues(COPIED_BODIES * maxBodySize);
    for (RequestScope scope : scopes) {
      Evaluator evaluator = evaluator(trigger, scope);
      MatchedTrigger each =
          new MatchedTrigger(
              trigger,
              PlannedAnswer.of(trigger, evaluator),
              action(trigger, evaluator),
              delivery(trigger, evaluator, deliveryId, matched.size()));
      if (trigger.each() != null && !copied.add(each)) {
        throw evaluator.unfit(
            "each",
            "gives all elements together more data than %d bodies of the largest size have"
                .formatted(COPIED_BODIES));
      }
      matched.add(each);
    }
    return matched;
  }

  /** Nothing takes it, so that the answer is needed only where that is accepted. */
  private MatchedTrigger withoutElement(Trigger trigger, RequestScope request)
      throws RefusedException {
    PlannedAnswer answer =
        trigger.acceptWithoutConsumer()
            ? PlannedAnswer.of(trigger, evaluator(trigger, request.withItem(null)))
            : Answer.empty(trigger.answer().status());
    return new MatchedTrigger(trigger, answer, new Untaken("event", ""), null);
  }

  private Evaluator evaluator(Trigger trigger, RequestScope request) {
    return new Evaluator(trigger, request, request.signing(secrets));
  }

  private static Deduplication.@Nullable Delivery delivery(
      Trigger trigger, Evaluator evaluator, @Nullable String deliveryId, int element)
      throws RefusedException {
    Deduplication deduplication = trigger.checks().deduplication();
    if (deduplication == null) {
      return null;
    }
    JsonNode key =
        deduplication.key() == null
            ? JsonValues.of(deliveryId)
            : evaluator.template("deduplication.key", deduplication.key());
    if (!key.isValueNode() || key.isNull() || key.asString("").isEmpty()) {
      throw evaluator.unfit("deduplication.key", "has no single value in this request");
    }
    if (!OutsideText.isStorable(key.asString(""))) {
      throw evaluator.unfit("deduplication.key", "has characters that no database keeps");
    }
    Deduplication.Delivery delivery =
        deduplication.delivery(trigger.tenantId(), trigger.key(), key);
    // A key of the whole request is that of each of its elements.
    return trigger.each() == null || trigger.tellsElementsApart()
        ? delivery
        : deduplication.delivery(trigger.tenantId(), trigger.key(), delivery.id() + "#" + element);
  }

  private EngineAction action(Trigger trigger, Evaluator evaluator) throws RefusedException {
    RequestScope request = evaluator.request();
    if (trigger.action() instanceof Trigger.EngineCall call) {
      JsonNode arguments = evaluator.template("action", call.arguments());
      return Objects.requireNonNull(EngineAction.kinds().get(call.kind()))
          .read(new ActionArguments(trigger, arguments));
    }
    String eventKey = eventKey(trigger.action(), request);
    if (eventKey != null && !OutsideText.isStorable(eventKey)) {
      throw evaluator.unfit("channelEventKeyDetection", "has characters that no database keeps");
    }
    EventDefinition definition = eventKey == null ? null : definition(eventKey, trigger.tenantId());
    if (definition == null) {
      return new Untaken("event", Objects.requireNonNullElse(eventKey, ""));
    }
    List<EventPayloadInstance> payload =
        PayloadReader.read(
            repository().getEventModelById(definition.getId()),
            evaluator.template("payload", trigger.payload()),
            request);
    return new PublishEvent(
        new EventInstanceImpl(definition.getKey(), payload, trigger.tenantId()));
  }

  private static @Nullable String eventKey(Trigger.Action action, RequestScope request) {
    if (action instanceof Trigger.FixedEvent fixed) {
      return fixed.eventKey();
    }
    JsonNode key =
        JsonValues.of(request.part("body")).at(((Trigger.DetectedEvent) action).eventKey());
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
}
