package io.restconnector.webhook;

import io.restconnector.content.LoggedFailure;
import io.restconnector.content.MediaType;
import io.restconnector.webhook.WebhookObserver.Outcome;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.EngineConfigurator;
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

  /** Where an engine keeps its endpoint. */
  public interface Holder {
    /** Null as long as the engine is not configured, and in an engine of another kind. */
    @Nullable WebhookEndpoint webhooks();
  }

  private final ProcessEngineConfigurationImpl engine;
  private final WebhookSettings settings;
  private final Secrets secrets;
  private final AnsweredDeliveries answered;
  private final WebhookObserver observer;
  private final Conditions conditions = new Conditions();

  /** Must come before the engine is initialised. */
  public WebhookEndpoint(
      ProcessEngineConfigurationImpl engine,
      WebhookSettings settings,
      Secrets secrets,
      WebhookObserver observer) {
    this.engine = engine;
    this.settings = settings;
    this.secrets = secrets;
    this.observer = observer;
    answered = AnsweredDeliveries.install(engine);
  }

  static WebhookEndpoint of(ProcessEngine engine) {
    WebhookEndpoint endpoint =
        find((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration());
    if (endpoint == null) {
      throw new IllegalArgumentException(
          "This engine has no REST connector: its configurator discovery is off and no"
              + " RestConnectorConfigurator was added");
    }
    return endpoint;
  }

  /** That of the process engine of an event registry; null where it has none. */
  static @Nullable WebhookEndpoint of(EventRegistryEngineConfiguration registry) {
    return registry
                .getEngineConfigurations()
                .get(EngineConfigurationConstants.KEY_PROCESS_ENGINE_CONFIG)
            instanceof ProcessEngineConfigurationImpl engine
        ? find(engine)
        : null;
  }

  /** What keeps a trigger from working here, null for nothing. */
  @Nullable String problemOf(Trigger trigger) {
    if (!trigger.trust().hasAllKeys(secrets)) {
      return "secret names what is no usable secret under rest-connector.secrets";
    }
    return trigger.trust().deduplication() == null ? null : answered.problem();
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
        && channels.index().anyMatch(each -> each.trust().deduplication() != null)) {
      String problem = answered.problem();
      if (problem != null) {
        throw new FlowableException("A deployed webhook channel cannot work: " + problem);
      }
    }
  }

  private static @Nullable WebhookEndpoint find(ProcessEngineConfigurationImpl engine) {
    for (EngineConfigurator configurator : engine.getAllConfigurators()) {
      if (configurator instanceof Holder holder && holder.webhooks() != null) {
        return holder.webhooks();
      }
    }
    return null;
  }

  /**
   * Answers one request; what it fires is committed when this returns.
   *
   * @param declaredLength of the body, -1 where it is not known
   */
  WebhookResponse answer(WebhookRequest request, long declaredLength, InputStream body) {
    long start = System.nanoTime();
    List<Trigger> concerned = new ArrayList<>();
    WebhookResponse answer;
    try {
      answer = fire(request, declaredLength, body, concerned);
    } catch (RefusedException refused) {
      answer = refused.response();
    } catch (RuntimeException failed) {
      LOG.error(
          "A webhook request to the triggers {} failed; nothing of it is committed",
          concerned.stream().map(Trigger::key).toList(),
          LoggedFailure.of(failed));
      answer =
          WebhookResponse.problem(
              Outcome.FAILED, 500, "The request failed, and nothing of it is stored.");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (concerned.isEmpty()) {
      observer.answered(WebhookObserver.NO_TRIGGER, answer.outcome(), took);
    }
    for (Trigger trigger : concerned) {
      observer.answered(trigger.key(), answer.outcome(), took);
    }
    return answer;
  }

  /**
   * @param concerned receives the triggers that match; where none does, those of the path and
   *     method
   */
  private WebhookResponse fire(
      WebhookRequest request, long declaredLength, InputStream body, List<Trigger> concerned)
      throws RefusedException {
    List<String> segments = segments(request.path());
    EventRegistryEngineConfiguration registry = registry();
    WebhookChannels channels = registry == null ? null : WebhookChannels.of(registry);
    Map<String, Object> headers = request.headerValues();
    if (channels != null) {
      for (Trigger trigger : channels.index().find(segments)) {
        if (trigger.methods().isEmpty() || trigger.methods().contains(request.method())) {
          concerned.add(trigger);
        }
      }
    }
    if (declaredLength > settings.maxBodySize()) {
      throw RefusedException.tooLarge(settings.maxBodySize());
    }
    if (registry == null || concerned.isEmpty()) {
      return noTriggerMatches();
    }
    Gate gate = new Gate(request, headers, secrets, engine.getClock().getCurrentTime().toInstant());
    List<Trigger> open = gate.beforeBody(concerned);
    if (open.stream().noneMatch(each -> each.isSigned() || gate.isForHeaders(each))) {
      gate.refuseIfLimited();
      return noTriggerMatches();
    }
    byte[] bytes = RequestBody.read(body, declaredLength, settings.maxBodySize());
    List<Trigger> candidates =
        gate.afterBody(open, bytes).stream().filter(gate::isForHeaders).toList();
    if (candidates.isEmpty()) {
      gate.refuseIfLimited();
      return noTriggerMatches();
    }
    RequestBody parsed = RequestBody.parse(bytes, MediaType.parse(request.header("content-type")));
    Params parameters = Params.parse(request.query());
    parameters.addAll(parsed.fields());
    Map<String, Object> params = parameters.asMap();
    FiringReader reader = new FiringReader(registry);
    List<Firing> firings = new ArrayList<>();
    for (Trigger trigger : candidates) {
      RequestScope scope =
          new RequestScope(
              trigger.tenantId(),
              request.method(),
              String.join("/", segments),
              trigger.path().values(segments),
              params,
              headers,
              parsed.value());
      if (Params.containAll(params, trigger.params()) && conditions.hold(trigger, scope)) {
        firings.add(reader.read(trigger, scope));
      }
    }
    if (firings.isEmpty()) {
      gate.refuseIfLimited();
      return noTriggerMatches();
    }
    concerned.clear();
    firings.forEach(firing -> concerned.add(firing.trigger()));
    return deliver(registry, firings);
  }

  private WebhookResponse deliver(EventRegistryEngineConfiguration registry, List<Firing> firings) {
    Deliveries.Outcome outcome = new Deliveries(engine, registry, answered).deliver(firings);
    if (outcome.lostRaces()) {
      return WebhookResponse.problem(
          Outcome.LOST_RACE,
          503,
          "Other requests changed the same data; try again.",
          Map.of("Retry-After", "1"));
    }
    WebhookResponse answer = outcome.answer();
    return answer == null
        ? WebhookResponse.problem(
            Outcome.NOT_TAKEN,
            settings.eventNotMatchStatus(),
            "A trigger matches, but nothing starts with its event and nothing waits for it.")
        : answer;
  }

  private WebhookResponse noTriggerMatches() {
    return WebhookResponse.problem(
        Outcome.NOT_MATCHED, settings.eventNotMatchStatus(), "No trigger matches this request.");
  }

  private @Nullable EventRegistryEngineConfiguration registry() {
    return (EventRegistryEngineConfiguration)
        engine
            .getEngineConfigurations()
            .get(EngineConfigurationConstants.KEY_EVENT_REGISTRY_CONFIG);
  }

  /** Decoded one by one, so that an encoded slash stays inside its segment. */
  private static List<String> segments(String path) throws RefusedException {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      String decoded = PercentDecoder.decode(segment, false);
      if (!PathTemplate.isUsable(decoded)) {
        return List.of();
      }
      segments.add(decoded);
    }
    return segments;
  }
}
