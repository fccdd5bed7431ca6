package io.restconnector.webhook.internal;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.internal.EngineParts;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.delivery.AnsweredDeliveries;
import io.restconnector.webhook.internal.delivery.Deliveries;
import io.restconnector.webhook.internal.delivery.FiringReader;
import io.restconnector.webhook.internal.request.BlockingReader;
import io.restconnector.webhook.internal.request.IncomingBody;
import io.restconnector.webhook.internal.request.Reception;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.WebhookChannels;
import io.restconnector.webhook.internal.trust.SignatureSchemes;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.interceptor.EngineConfigurationConstants;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers webhook requests of one engine; knows no servlet. */
public final class WebhookEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

  /** Of the heap, for the bytes of bodies before they are parsed. */
  private static final int PART_FOR_BYTES = 8;

  /** Where an engine keeps its endpoint. */
  public interface Holder {
    /** Null as long as the engine is not configured, and in an engine of another kind. */
    @Nullable WebhookEndpoint webhooks();

    /** Whether a deployment is told what is probably not meant in its channels. */
    default boolean warnsOfChannels() {
      return true;
    }
  }

  private final ProcessEngineConfigurationImpl engine;
  private final WebhookSettings settings;
  private final SecretSource secrets;
  private final AnsweredDeliveries answered;
  private final List<WebhookListener> listeners;
  private final SignatureSchemes schemes;
  private final Conditions conditions = new Conditions();
  private final ParsingBudget budget = ParsingBudget.ofHeap();
  private final IncomingBody.Shared bodies =
      new IncomingBody.Shared(Runtime.getRuntime().maxMemory() / PART_FOR_BYTES);
  private final BlockingReader blocking = new BlockingReader();

  /**
   * Must come before the engine is initialised.
   *
   * @param secrets are asked at each use
   */
  public WebhookEndpoint(
      ProcessEngineConfigurationImpl engine,
      WebhookSettings settings,
      SecretSource secrets,
      WebhookExtensions extensions) {
    this.engine = engine;
    this.settings = settings;
    this.secrets = secrets;
    schemes = new SignatureSchemes(extensions.schemes());
    listeners = extensions.listeners();
    answered = AnsweredDeliveries.install(engine);
  }

  public static WebhookEndpoint of(ProcessEngine engine) {
    WebhookEndpoint endpoint =
        webhooks(
            EngineParts.find(
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration(),
                Holder.class));
    if (endpoint == null) {
      throw new IllegalArgumentException(
          "This engine has no REST connector: its configurator discovery is off and no"
              + " RestConnectorConfigurator was added");
    }
    return endpoint;
  }

  /** That of the process engine of an event registry; null where it has none. */
  public static @Nullable WebhookEndpoint of(EventRegistryEngineConfiguration registry) {
    return webhooks(holder(registry));
  }

  /** What keeps a trigger from working here, null for nothing. */
  public @Nullable String problemOf(Trigger trigger) {
    if (!trigger.checks().hasAllKeys(secrets)) {
      return "secret names what is no usable secret under rest-connector.secrets";
    }
    if (!trigger.signingSecrets().stream().allMatch(this::isUsableSecret)) {
      return "hmac names what is no usable secret under rest-connector.secrets";
    }
    if (trigger.maxBodySize() != null && trigger.maxBodySize() > settings.maxBodySize()) {
      return "maxBodySize is more than rest-connector.webhooks.max-body-size";
    }
    return trigger.checks().deduplication() == null ? null : answered.problem();
  }

  private boolean isUsableSecret(String name) {
    Secret secret = secrets.find(name);
    return secret != null && secret.isUsable();
  }

  /**
   * Called when the engine is built.
   *
   * @throws FlowableException when the database does not have what a deployed trigger needs
   */
  public void check() {
    EventRegistryEngineConfiguration registry = registry();
    WebhookChannels channels = registry == null ? null : WebhookChannels.of(registry);
    if (channels != null
        && channels.index().anyMatch(each -> each.checks().deduplication() != null)) {
      String problem = answered.problem();
      if (problem != null) {
        throw new FlowableException("A deployed webhook channel cannot work: " + problem);
      }
    }
  }

  /** As {@link Holder#warnsOfChannels()}, of the process engine of an event registry. */
  public static boolean warnsOfChannels(EventRegistryEngineConfiguration registry) {
    Holder holder = holder(registry);
    return holder == null || holder.warnsOfChannels();
  }

  private static @Nullable WebhookEndpoint webhooks(@Nullable Holder holder) {
    return holder == null ? null : holder.webhooks();
  }

  private static @Nullable Holder holder(EventRegistryEngineConfiguration registry) {
    return registry
                .getEngineConfigurations()
                .get(EngineConfigurationConstants.KEY_PROCESS_ENGINE_CONFIG)
            instanceof ProcessEngineConfigurationImpl engine
        ? EngineParts.find(engine, Holder.class)
        : null;
  }

  /**
   * The head of a request has come.
   *
   * @param declaredLength of the body, -1 where it is not known
   */
  public Reception receive(WebhookRequest request, long declaredLength) {
    return new Reception(this, request, declaredLength);
  }

  /**
   * Answers one request on this thread; what it fires is committed when this returns.
   *
   * @param declaredLength of the body, -1 where it is not known
   */
  public WebhookResponse answer(WebhookRequest request, long declaredLength, InputStream body) {
    try (Reception reception = receive(request, declaredLength)) {
      return reception.answer(body);
    }
  }

  /** Tells the listeners. */
  public void answered(WebhookOutcome outcome) {
    for (WebhookListener listener : listeners) {
      try {
        listener.answered(outcome);
      } catch (RuntimeException | Error failed) {
        // What the request did is committed: a 500 would make its sender repeat it.
        LOG.warn("A listener of webhook requests has failed", LoggedFailure.of(failed));
      }
    }
  }

  public WebhookSettings settings() {
    return settings;
  }

  public ParsingBudget budget() {
    return budget;
  }

  public IncomingBody.Shared bodies() {
    return bodies;
  }

  public BlockingReader blocking() {
    return blocking;
  }

  /** By the engine's clock. */
  public Instant now() {
    return engine.getClock().getCurrentTime().toInstant();
  }

  /** The checks of a request whose path has these segments. */
  public TriggerChecks checks(WebhookRequest request, List<String> segments, Instant receivedAt) {
    return new TriggerChecks(
        new CheckedRequest(
            request,
            segments,
            new CheckedRequest.Context(secrets, conditions, settings.publicUrl()),
            receivedAt,
            false),
        triggers(segments));
  }

  /** The signature schemes of an engine, those of the connector where it has none. */
  public static SignatureSchemes schemes(@Nullable WebhookEndpoint endpoint) {
    return endpoint == null ? new SignatureSchemes(List.of()) : endpoint.schemes;
  }

  private List<Trigger> triggers(List<String> segments) {
    EventRegistryEngineConfiguration registry = registry();
    WebhookChannels channels = registry == null ? null : WebhookChannels.of(registry);
    return channels == null ? List.of() : channels.index().find(segments);
  }

  /** Only where there are triggers. */
  public FiringReader firingReader() {
    return new FiringReader(Objects.requireNonNull(registry()), secrets, settings.maxBodySize());
  }

  /** Only where there are triggers. */
  public Deliveries deliveries() {
    return new Deliveries(engine, Objects.requireNonNull(registry()), answered);
  }

  private @Nullable EventRegistryEngineConfiguration registry() {
    return (EventRegistryEngineConfiguration)
        engine
            .getEngineConfigurations()
            .get(EngineConfigurationConstants.KEY_EVENT_REGISTRY_CONFIG);
  }
}
