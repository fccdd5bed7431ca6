package io.restconnector.spring;

import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.Webhooks;
import io.restconnector.worker.WorkerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * An engine whose observations are spans of OpenTelemetry, on a database that several may share.
 */
final class TracedNode implements AutoCloseable {

  final ObservationRegistry observations;
  final ProcessEngine engine;

  private TracedNode(ObservationRegistry observations, ProcessEngine engine) {
    this.observations = observations;
    this.engine = engine;
  }

  /**
   * @param name of the service in the spans
   * @param hasWorker whether it makes the calls of external-worker tasks
   */
  static TracedNode start(
      String name,
      DataSource database,
      InMemorySpanExporter spans,
      boolean hasWorker,
      Map<Object, Object> beans) {
    return start(observations(name, spans), database, hasWorker, beans);
  }

  static TracedNode start(
      ObservationRegistry observations,
      DataSource database,
      boolean hasWorker,
      Map<Object, Object> beans) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration(database);
    configuration.setAsyncExecutorActivate(hasWorker).setAsyncFailedJobWaitTime(0);
    configuration.setBeans(new HashMap<>(beans));
    configuration
        .getAsyncExecutorConfiguration()
        .setDefaultAsyncJobAcquireWaitTime(Duration.ofMillis(100));
    configuration.addConfigurator(
        RestConnectorConfigurator.builder()
            .settings(
                RestConnectorSettings.defaults()
                    .withHttp(
                        HttpSettings.defaults()
                            .withAccess(
                                AccessSettings.defaults()
                                    .withSecrets(Map.of("key", Secret.of("0-Known-Secret")))))
                    .withWorker(WorkerSettings.defaults().withPollInterval(Duration.ofMillis(50))))
            .interceptor(new RestConnectorObservations(observations))
            .build());
    return new TracedNode(observations, configuration.buildProcessEngine());
  }

  /** As Spring Boot configures one, with the baggage {@code shop}. */
  static ObservationRegistry observations(String service, InMemorySpanExporter spans) {
    Tracer tracer =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build()
            .get("test");
    ContextPropagators propagators =
        ContextPropagators.create(
            TextMapPropagator.composite(
                W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance()));
    OtelCurrentTraceContext current = new OtelCurrentTraceContext();
    OtelTracer bridge =
        new OtelTracer(
            tracer,
            current,
            event -> {},
            new OtelBaggageManager(current, List.of("shop"), List.of()));
    OtelPropagator propagator = new OtelPropagator(propagators, tracer);
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(
            new ObservationHandler.FirstMatchingCompositeObservationHandler(
                new PropagatingSenderTracingObservationHandler<>(bridge, propagator),
                new PropagatingReceiverTracingObservationHandler<>(bridge, propagator),
                new DefaultTracingObservationHandler(bridge)));
    return observations;
  }

  Webhooks.Answer post(String path, String json, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    all.put("Content-Type", List.of("application/json"));
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return Webhooks.of(engine).answer("POST", path, all, json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    engine.close();
  }
}
