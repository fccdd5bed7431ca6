package io.restconnector.webhook.internal;

import io.restconnector.internal.EngineParts;
import io.restconnector.webhook.internal.delivery.EngineAction;
import io.restconnector.webhook.internal.trigger.ActionKind;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.TriggerHost;
import io.restconnector.webhook.internal.trigger.WebhookChannels;
import io.restconnector.webhook.internal.trust.SignatureSchemes;
import java.util.List;
import java.util.Set;
import org.flowable.common.engine.impl.interceptor.EngineConfigurationConstants;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;

/** The process engine of an event registry. It is there later than the registry, or never. */
public record EngineOfRegistry(EventRegistryEngineConfiguration registry) implements TriggerHost {

  /** Teaches an event registry the channel type, before it is initialised. */
  public static void install(EventRegistryEngineConfiguration registry) {
    WebhookChannels.install(registry, new EngineOfRegistry(registry));
  }

  /** Those of the connector where there is no engine. */
  @Override
  public SignatureSchemes schemes() {
    ServedTriggers triggers = triggers();
    return triggers == null ? new SignatureSchemes(List.of()) : triggers.schemes();
  }

  @Override
  public Set<ActionKind> actions() {
    return EngineAction.kinds().keySet();
  }

  @Override
  public @Nullable String problemOf(Trigger trigger) {
    ServedTriggers triggers = triggers();
    return triggers == null ? null : triggers.problemOf(trigger);
  }

  @Override
  public boolean warnsOfChannels() {
    WebhookEndpoint.Holder holder = holder();
    return holder == null || holder.warnsOfChannels();
  }

  private @Nullable ServedTriggers triggers() {
    WebhookEndpoint.Holder holder = holder();
    WebhookEndpoint endpoint = holder == null ? null : holder.webhooks();
    return endpoint == null ? null : endpoint.triggers();
  }

  private WebhookEndpoint.@Nullable Holder holder() {
    return registry
                .getEngineConfigurations()
                .get(EngineConfigurationConstants.KEY_PROCESS_ENGINE_CONFIG)
            instanceof ProcessEngineConfigurationImpl engine
        ? EngineParts.find(engine, WebhookEndpoint.Holder.class)
        : null;
  }
}
