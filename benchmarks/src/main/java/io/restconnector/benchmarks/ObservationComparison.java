package io.restconnector.benchmarks;

import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.restconnector.RestConnectorBuilder;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Extensions;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spring.ObservationParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

/**
 * What observations cost a call on a kept-alive connection, and a process with one: none, those of
 * an application without a tracer, and those that are spans of OpenTelemetry, all of them sampled
 * and none exported.
 */
final class ObservationComparison {

  private static final String NONE = "no interceptor";
  private static final String OFF = "observations, nobody listens";
  private static final String ON = "observations, spans";

  private static final int WARM_UP_ROUNDS = 50;
  private static final int CALLS = 100;

  private ObservationComparison() {}

  /** Takes the number of rounds, by default 200. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    Map<String, List<CallInterceptor>> variants = new LinkedHashMap<>();
    variants.put(NONE, List.of());
    variants.put(OFF, List.of(ObservationParts.interceptor(ObservationRegistry.create())));
    variants.put(ON, List.of(ObservationParts.interceptor(spans())));
    Map<String, RestClient> clients = new LinkedHashMap<>();
    Map<String, CallProcesses> processes = new LinkedHashMap<>();
    try (LoopbackServer server = new LoopbackServer()) {
      variants.forEach(
          (name, interceptors) -> {
            clients.put(name, client(interceptors));
            processes.put(name, processes(interceptors, server));
          });
      compare(
          "One GET",
          rounds,
          variants.keySet(),
          name -> get(Objects.requireNonNull(clients.get(name)), server));
      compare(
          "A process with one GET",
          rounds,
          variants.keySet(),
          name -> Objects.requireNonNull(processes.get(name)).run(CallProcesses.REST));
    } finally {
      clients.values().forEach(RestClient::close);
      processes.values().forEach(CallProcesses::close);
    }
  }

  private static void compare(
      String title, int rounds, Collection<String> variants, Consumer<String> work) {
    Comparison comparison = new Comparison(List.copyOf(variants));
    List<String> order = new ArrayList<>(variants);
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      Collections.rotate(order, 1);
      Map<String, Double> round = new HashMap<>();
      for (String variant : order) {
        round.put(variant, median(variant, work));
      }
      if (i >= 0) {
        comparison.addRound(round);
      }
    }
    comparison.printTimes(title + ", " + rounds + " rounds");
    comparison.printRatio(OFF, NONE);
    comparison.printRatio(ON, NONE);
  }

  private static RestClient client(List<CallInterceptor> interceptors) {
    return new RestClient(
        HttpSettings.defaults(), new Extensions(interceptors, List.of(), List.of(), List.of()));
  }

  private static CallProcesses processes(
      List<CallInterceptor> interceptors, LoopbackServer server) {
    RestConnectorBuilder builder = RestConnectorConfigurator.builder();
    interceptors.forEach(builder::interceptor);
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return new CallProcesses(JdbcConnectionPool.create(database), server.uri(), builder.build());
  }

  /** As Spring Boot configures one. */
  private static ObservationRegistry spans() {
    Tracer tracer = SdkTracerProvider.builder().build().get("benchmark");
    OtelTracer bridge = new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {});
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(
            new ObservationHandler.FirstMatchingCompositeObservationHandler(
                new PropagatingSenderTracingObservationHandler<>(
                    bridge,
                    new OtelPropagator(
                        ContextPropagators.create(W3CTraceContextPropagator.getInstance()),
                        tracer)),
                new DefaultTracingObservationHandler(bridge)));
    return observations;
  }

  /** Of one run of the work, in microseconds. */
  private static double median(String variant, Consumer<String> work) {
    double[] times = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      work.accept(variant);
      times[i] = (System.nanoTime() - start) / 1e3;
    }
    return Comparison.median(times);
  }

  @SuppressWarnings("NullAway") // javac 17 does not read an array's annotation from a class file
  private static void get(RestClient client, LoopbackServer server) {
    CallOutcome outcome =
        client
            .send(
                new RestRequest(
                    "GET", server.uri(), List.of(), null, Duration.ofSeconds(30), false))
            .join();
    if (!(outcome instanceof CallOutcome.Response)) {
      throw new IllegalStateException(outcome.toString());
    }
  }
}
