package io.restconnector.webhook.internal.trigger;

import io.restconnector.internal.platform.WebhookChannelModel;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import io.restconnector.webhook.internal.trust.SenderChecksReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.flowable.common.engine.impl.cfg.TransactionContext;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.eventregistry.api.ChannelDefinition;
import org.flowable.eventregistry.api.ChannelModelProcessor;
import org.flowable.eventregistry.api.EventRegistry;
import org.flowable.eventregistry.api.EventRepositoryService;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.impl.EventRepositoryServiceImpl;
import org.flowable.eventregistry.model.ChannelModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The channel type {@code webhook} of one event registry, and its triggers.
 *
 * <p>The event registry's calls only say that something changed: they come before the commit, also
 * for old versions that somebody looks at, and do not tell a version from the one that replaces it.
 * What is deployed is read at the next request, once the change is committed.
 */
public final class WebhookChannels implements ChannelModelProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookChannels.class);

  private final EventRegistryEngineConfiguration configuration;
  private final TriggerHost host;
  private final Object reading = new Object();
  private final AtomicLong changes = new AtomicLong(1);
  private volatile Snapshot snapshot = new Snapshot(0, new TriggerIndex(List.of()));
  private Map<String, Trigger> triggersById = Map.of();

  /** What was deployed after so many changes. */
  private record Snapshot(long change, TriggerIndex index) {}

  private WebhookChannels(EventRegistryEngineConfiguration configuration, TriggerHost host) {
    this.configuration = configuration;
    this.host = host;
  }

  /** Teaches an event registry the channel type, before it is initialised. */
  public static void install(EventRegistryEngineConfiguration configuration, TriggerHost host) {
    if (of(configuration) != null) {
      return;
    }
    configuration
        .getChannelJsonConverter()
        .addInboundChannelModelClass(WebhookChannelModel.TYPE, WebhookChannelModel.class);
    configuration.addChannelModelProcessor(new WebhookChannels(configuration, host));
    if (configuration.getEventRepositoryService().getClass() == EventRepositoryServiceImpl.class) {
      configuration.setEventRepositoryService(new ValidatingRepositoryService(configuration, host));
    }
  }

  /** Teaches an event registry the functions of triggers, once it has its expressions. */
  public static void addFunctions(EventRegistryEngineConfiguration configuration) {
    ExpressionFunctions.install(configuration.getExpressionManager());
  }

  /** Those of an event registry, null where it has none. */
  public static @Nullable WebhookChannels of(EventRegistryEngineConfiguration configuration) {
    for (ChannelModelProcessor processor : configuration.getChannelModelProcessors()) {
      if (processor instanceof WebhookChannels channels) {
        return channels;
      }
    }
    return null;
  }

  /** The names that the properties of a channel file may have. */
  public static Set<String> properties() {
    Set<String> names = new TreeSet<>(TriggerReader.PROPERTIES);
    names.addAll(SenderChecksReader.PROPERTIES);
    return names;
  }

  /** What is deployed now. */
  public TriggerIndex index() {
    Snapshot current = snapshot;
    if (current.change() == changes.get()) {
      return current.index();
    }
    synchronized (reading) {
      if (snapshot.change() != changes.get()) {
        long change = changes.get();
        snapshot = new Snapshot(change, read());
      }
      return snapshot.index();
    }
  }

  private TriggerIndex read() {
    Map<String, Trigger> triggers = new HashMap<>();
    EventRepositoryService repository = configuration.getEventRepositoryService();
    for (ChannelDefinition definition :
        repository
            .createChannelDefinitionQuery()
            .latestVersion()
            .implementation(WebhookChannelModel.TYPE)
            .list()) {
      Trigger trigger = triggersById.get(definition.getId());
      if (trigger == null) {
        trigger = read(definition, repository.getChannelModelById(definition.getId()));
      }
      if (trigger != null) {
        triggers.put(definition.getId(), trigger);
      }
    }
    triggersById = triggers;
    return new TriggerIndex(triggers.values());
  }

  private @Nullable Trigger read(ChannelDefinition definition, ChannelModel model) {
    ObjectNode tree = WebhookChannelModel.tree(configuration, model);
    tree.properties().removeIf(property -> property.getValue().isNull());
    try {
      Trigger trigger =
          new TriggerReader(configuration.getExpressionManager(), host, tree)
              .read(definition.getTenantId() == null ? "" : definition.getTenantId());
      String problem = host.problemOf(trigger);
      if (problem != null) {
        LOG.error("Webhook channel {} takes no requests here: {}", definition.getKey(), problem);
      }
      return trigger;
    } catch (InvalidTriggerException invalid) {
      // Deployed by another version of this plugin: one bad trigger must not stop the others.
      LOG.error("Webhook channel {} is ignored: {}", definition.getKey(), invalid.getMessage());
      return null;
    }
  }

  @Override
  public boolean canProcess(ChannelModel model) {
    return model instanceof WebhookChannelModel;
  }

  @Override
  public boolean canProcessIfChannelModelAlreadyRegistered(ChannelModel model) {
    return canProcess(model);
  }

  @Override
  public void registerChannelModel(
      ChannelModel model,
      String tenantId,
      EventRegistry registry,
      EventRepositoryService repository,
      boolean fallbackToDefaultTenant) {
    changed();
  }

  @Override
  public void unregisterChannelModel(
      ChannelModel model, String tenantId, EventRepositoryService repository) {
    changed();
  }

  private void changed() {
    TransactionContext transaction = Context.getTransactionContext();
    if (transaction == null) {
      changes.incrementAndGet();
    } else {
      transaction.addTransactionListener(
          TransactionState.COMMITTED, committed -> changes.incrementAndGet());
    }
  }
}
