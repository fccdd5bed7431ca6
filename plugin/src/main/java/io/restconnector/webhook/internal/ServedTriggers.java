package io.restconnector.webhook.internal;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.check.CheckedRequest;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.check.TriggerChecks;
import io.restconnector.webhook.internal.delivery.DeduplicationStore;
import io.restconnector.webhook.internal.delivery.Deliveries;
import io.restconnector.webhook.internal.delivery.EngineAction;
import io.restconnector.webhook.internal.delivery.MatchedTrigger;
import io.restconnector.webhook.internal.delivery.MatchedTriggerReader;
import io.restconnector.webhook.internal.delivery.ProcessAnswers;
import io.restconnector.webhook.internal.delivery.Subscriptions;
import io.restconnector.webhook.internal.early.EarlyEvents;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.respond.AnswerStore;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.WebhookChannels;
import io.restconnector.webhook.internal.trust.SignatureSchemes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.interceptor.EngineConfigurationConstants;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;

/** The triggers of one engine, with what it needs to check a request and to deliver it. */
public final class ServedTriggers {

  private final ProcessEngineConfigurationImpl engine;
  private final WebhookSettings settings;
  private final SecretSource secrets;
  private final DeduplicationStore deliveries;
  private final Subscriptions subscriptions;
  private final EarlyEvents early;
  private final AnswerStore answers;
  private final SignatureSchemes schemes;
  private final Conditions conditions = new Conditions();

  /** Must come before the engine is initialised. */
  ServedTriggers(
      ProcessEngineConfigurationImpl engine,
      WebhookSettings settings,
      SecretSource secrets,
      WebhookExtensions extensions) {
    this.engine = engine;
    this.settings = settings;
    this.secrets = secrets;
    this.schemes = new SignatureSchemes(extensions.schemes());
    deliveries = DeduplicationStore.install(engine);
    subscriptions = Subscriptions.install(engine);
    early =
        EarlyEvents.install(
            engine, settings.maxEarlyEvents(), extensions.ofEarlyEvents(), this::isAnyDeployed);
    answers = AnswerStore.install(engine);
  }

  SignatureSchemes schemes() {
    return schemes;
  }

  /** What keeps a trigger from working here, null for nothing. */
  public @Nullable String problemOf(Trigger trigger) {
    String unusable = trigger.checks().propertyWithoutKey(secrets);
    if (unusable == null && !trigger.signingSecrets().stream().allMatch(this::isUsableSecret)) {
      unusable = "a function hmac";
    }
    if (unusable != null) {
      return unusable + " names what is no usable secret under rest-connector.secrets";
    }
    if (trigger.maxBodySize() != null && trigger.maxBodySize() > settings.maxBodySize()) {
      return "maxBodySize is more than rest-connector.webhooks.max-body-size";
    }
    return missingFor(trigger);
  }

  /** What of the database and the engine a trigger needs that is not there, null for nothing. */
  private @Nullable String missingFor(Trigger trigger) {
    String problem = trigger.checks().deduplication() == null ? null : deliveries.problem();
    if (problem == null && trigger.keep() != null) {
      problem = early.problem();
    }
    return problem == null && trigger.respond() != null ? answers.problem() : problem;
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
    WebhookChannels channels = channels();
    for (Trigger each : channels == null ? List.<Trigger>of() : channels.index().all()) {
      String problem = missingFor(each);
      if (problem != null) {
        throw new FlowableException("A deployed webhook channel cannot work: " + problem);
      }
    }
  }

  private boolean isAnyDeployed(Predicate<Trigger> wanted) {
    WebhookChannels channels = channels();
    return channels != null && channels.index().all().stream().anyMatch(wanted);
  }

  private @Nullable WebhookChannels channels() {
    EventRegistryEngineConfiguration registry = registry();
    return registry == null ? null : WebhookChannels.of(registry);
  }

  /** The events that came before anything waited for them. */
  public EarlyEvents early() {
    return early;
  }

  /** By the engine's clock. */
  Instant now() {
    return engine.getClock().getCurrentTime().toInstant();
  }

  /** The checks of a request whose path has these segments. */
  TriggerChecks checks(
      WebhookRequest request, List<String> segments, Instant receivedAt, Occasion occasion) {
    return new TriggerChecks(
        new CheckedRequest(
            request,
            segments,
            new CheckedRequest.Context(secrets, conditions, settings.publicUrl()),
            receivedAt,
            occasion),
        find(segments));
  }

  private List<Trigger> find(List<String> segments) {
    WebhookChannels channels = channels();
    return channels == null ? List.of() : channels.index().find(segments);
  }

  /** All that are deployed, by key and then by tenant. */
  public List<Trigger> all() {
    EventRegistryEngineConfiguration registry = registry();
    WebhookChannels channels = registry == null ? null : WebhookChannels.of(registry);
    return channels == null ? List.of() : channels.index().all();
  }

  /**
   * How many subscriptions there are for what an action fires, as far as they are counted; null
   * where it has none.
   */
  public @Nullable Long subscriptions(String action, String target) {
    return subscriptions.count(action, target);
  }

  /** Whom an action of a trigger would reach now, or that it would be kept. */
  public EngineAction.Reach reach(MatchedTrigger matched) {
    return deliveries().reach(matched);
  }

  /** Only where there are triggers. */
  MatchedTriggerReader matchedTriggerReader() {
    return new MatchedTriggerReader(
        Objects.requireNonNull(registry()), secrets, settings.maxBodySize());
  }

  /** Only where there are triggers. */
  Deliveries deliveries() {
    return new Deliveries(
        engine,
        Objects.requireNonNull(registry()),
        deliveries,
        early,
        processAnswers(),
        settings.maxBodySize());
  }

  /** Only where there are triggers. */
  ProcessAnswers processAnswers() {
    return new ProcessAnswers(
        answers, Objects.requireNonNull(registry()).getExpressionManager(), secrets);
  }

  /** The answer of a process with an id, null where there is none; see {@link ProcessAnswers}. */
  @Nullable WebhookResponse findAnswer(String id, WebhookResponse accepted, boolean isRepeated) {
    return registry() == null ? null : processAnswers().find(id, accepted, isRepeated);
  }

  /** How many requests wait for a process on this node. */
  public int waitingRequests() {
    return answers.waiting();
  }

  /** Looks for what has to be done without a request, until {@link #stop}. */
  public void start() {
    early.start(answers::sweep);
  }

  public void stop() {
    early.close();
  }

  void close() {
    answers.close();
  }

  private @Nullable EventRegistryEngineConfiguration registry() {
    return (EventRegistryEngineConfiguration)
        engine
            .getEngineConfigurations()
            .get(EngineConfigurationConstants.KEY_EVENT_REGISTRY_CONFIG);
  }
}
