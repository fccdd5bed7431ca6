package io.restconnector.webhook.internal.trigger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.flowable.eventregistry.api.EventDefinition;
import org.flowable.eventregistry.api.EventDefinitionQuery;
import org.flowable.eventregistry.api.EventRepositoryService;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.model.EventModel;
import org.flowable.eventregistry.model.EventPayload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is probably not meant in a webhook channel beside its event. */
final class ChannelWarnings {

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** What every request has, by these names. */
  private static final Set<String> OF_REQUEST =
      Set.of("method", "path", "pathVariables", "params", "headers", "body");

  private final EventRegistryEngineConfiguration registry;
  private final String tenantId;

  /** The events of the deployment itself by key: no query sees them yet. */
  private final Map<String, String> deployed = new HashMap<>();

  ChannelWarnings(EventRegistryEngineConfiguration registry, @Nullable String tenantId) {
    this.registry = registry;
    this.tenantId = tenantId == null ? "" : tenantId;
  }

  void addEvent(JsonNode event) {
    deployed.put(event.path("key").asString(""), event.toString());
  }

  List<String> of(Trigger trigger) {
    List<String> warnings = new ArrayList<>();
    if (trigger.action() instanceof Trigger.FixedEvent fixed) {
      String json = deployed.get(fixed.eventKey());
      EventModel event =
          json == null
              ? latest(fixed.eventKey())
              : registry.getEventJsonConverter().convertToEventModel(json);
      if (event == null) {
        warnings.add(
            "channelEventKeyDetection names the event '%s', which is not deployed, wanted a deployed event"
                .formatted(fixed.eventKey()));
        return warnings;
      }
      for (EventPayload parameter : event.getPayload()) {
        if (parameter.isCorrelationParameter() && !isFilled(trigger, parameter)) {
          warnings.add(
              "nothing can fill the correlation parameter '%s' of event '%s', wanted a payload template of that name"
                  .formatted(parameter.getName(), fixed.eventKey()));
        }
      }
    }
    return warnings;
  }

  private static boolean isFilled(Trigger trigger, EventPayload parameter) {
    String name = parameter.getName();
    boolean hasBody = trigger.methods().isEmpty() || !WITHOUT_BODY.containsAll(trigger.methods());
    return hasBody
        || trigger.payload().has(name)
        || parameter.isHeader()
        || OF_REQUEST.contains(name)
        || trigger.path().variables().contains(name)
        || trigger.params().containsKey(name);
  }

  /** As a request will find it. */
  private @Nullable EventModel latest(String eventKey) {
    EventDefinition definition = latest(eventKey, tenantId);
    if (definition == null && !tenantId.isEmpty() && registry.isFallbackToDefaultTenant()) {
      String fallback =
          registry
              .getDefaultTenantProvider()
              .getDefaultTenant(tenantId, ScopeTypes.EVENT_REGISTRY, eventKey);
      definition = latest(eventKey, Objects.requireNonNullElse(fallback, ""));
    }
    return definition == null
        ? null
        : registry.getEventRepositoryService().getEventModelById(definition.getId());
  }

  private @Nullable EventDefinition latest(String eventKey, String tenant) {
    EventRepositoryService repository = registry.getEventRepositoryService();
    EventDefinitionQuery query =
        repository.createEventDefinitionQuery().eventDefinitionKey(eventKey).latestVersion();
    return (tenant.isEmpty() ? query.withoutTenantId() : query.tenantId(tenant)).singleResult();
  }
}
