package io.restconnector.spring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.internal.auth.TokenFetches;
import io.restconnector.http.internal.chain.OutcomeTag;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.internal.WebhookOutcomeTag;
import io.restconnector.webhook.internal.early.EarlyEvents;
import io.restconnector.worker.internal.RestWorker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/**
 * Calls by action, origin and outcome; circuits by origin; webhook requests by trigger and outcome;
 * what the worker has and what waits.
 */
final class RestConnectorMeters implements MeterBinder, CallInterceptor, WebhookListener, Ordered {

  private final Supplier<RestConnectorConfigurator> connectors;
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
  private final OriginMeters origins = new OriginMeters(registries, this::calls);

  /**
   * @param connectors gives the connector, which this is a part of
   */
  RestConnectorMeters(Supplier<RestConnectorConfigurator> connectors) {
    this.connectors = connectors;
  }

  /** Outside all others, so that an answer in place of the network is counted too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    RestConnectorConfigurator connector = connectors.get();
    registries.add(registry);
    Gauge.builder("rest.connector.waiting", connector, RestConnectorMeters::waiting)
        .description("Calls that wait for a free connection of this node or for a place in a share")
        .register(registry);
    Gauge.builder("rest.connector.worker.in.flight", connector, RestConnectorMeters::inFlight)
        .description("Calls of external-worker tasks that this node has taken and not completed")
        .register(registry);
    Gauge.builder("rest.connector.worker.queue.age", connector, RestConnectorMeters::queueAge)
        .description("Age of the oldest external-worker task that no node has taken")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("rest.connector.webhooks.early.rows", connector, RestConnectorMeters::early)
        .description("Events that wait in the database for something that waits for them")
        .register(registry);
    new ShareMeters(connector).bindTo(registry);
  }

  private static double early(RestConnectorConfigurator connector) {
    EarlyEvents early = connector.unwrap(EarlyEvents.class);
    return early == null ? 0 : early.count();
  }

  private static double waiting(RestConnectorConfigurator connector) {
    RestCalls calls = connector.unwrap(RestCalls.class);
    return calls == null
        ? 0
        : calls.client().poolStats().getPending()
            + calls.client().shares().all().stream()
                .mapToInt(share -> share.state().waiting())
                .sum();
  }

  private @Nullable RestCalls calls() {
    return connectors.get().unwrap(RestCalls.class);
  }

  private static double inFlight(RestConnectorConfigurator connector) {
    RestWorker worker = connector.unwrap(RestWorker.class);
    return worker == null ? 0 : worker.status().inFlight();
  }

  private static double queueAge(RestConnectorConfigurator connector) {
    RestWorker worker = connector.unwrap(RestWorker.class);
    return worker == null ? 0 : worker.status().queueAge().toMillis() / 1000.0;
  }

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    long start = System.nanoTime();
    RestRequest request = chain.request();
    String origin = origins.called(request.origin());
    CompletableFuture<CallOutcome> sent = chain.proceed(request);
    sent.thenAccept(
        outcome -> {
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          registries.forEach(registry -> record(registry, request, origin, outcome, took));
          if (request.circuitBreaker()) {
            origins.guarded(origin);
          }
        });
    return sent;
  }

  private void record(
      MeterRegistry registry,
      RestRequest request,
      String origin,
      CallOutcome outcome,
      Duration took) {
    Timer.builder("rest.connector.calls")
        .description("REST calls")
        .tags(
            "action", action(request.method()), "origin", origin, "outcome", OutcomeTag.of(outcome))
        .register(registry)
        .record(took);
    if (request.authentication() != null) {
      recordTokens(registry);
    }
  }

  /** A call is when tokens are fetched. */
  private void recordTokens(MeterRegistry registry) {
    RestCalls calls = calls();
    if (calls == null) {
      return;
    }
    TokenFetches fetches = calls.client().tokenFetches();
    for (TokenFetches.Kind kind : fetches.kinds()) {
      FunctionCounter.builder("rest.connector.tokens", fetches, all -> all.count(kind))
          .description("Access tokens that were asked for")
          .tags("authentication", kind.authentication(), "outcome", kind.outcome())
          .register(registry);
    }
  }

  /** As the topic and the delegate are named. */
  private static String action(String method) {
    return "rest" + method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
  }

  @Override
  public void answered(WebhookOutcome outcome) {
    registries.forEach(registry -> record(registry, outcome));
  }

  /** Once for each trigger that the request was for. */
  private static void record(MeterRegistry registry, WebhookOutcome outcome) {
    List<TriggerOutcome> concerned = outcome.concerned();
    List<String> triggers =
        concerned.isEmpty()
            ? List.of("none")
            : concerned.stream().map(TriggerOutcome::key).toList();
    for (String trigger : triggers) {
      Timer.builder("rest.connector.webhooks")
          .description("Webhook requests")
          .tags("trigger", trigger, "outcome", WebhookOutcomeTag.of(outcome.kind()))
          .register(registry)
          .record(outcome.duration());
    }
  }

  @Override
  public void early(EarlyEventOutcome outcome) {
    registries.forEach(
        registry ->
            Counter.builder("rest.connector.webhooks.early")
                .description("Events that came before anything waited for them")
                .tags("trigger", outcome.trigger(), "outcome", WebhookOutcomeTag.of(outcome.kind()))
                .register(registry)
                .increment());
  }
}
