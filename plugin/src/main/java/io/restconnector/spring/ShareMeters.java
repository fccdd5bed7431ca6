package io.restconnector.spring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.ShareSettings;
import io.restconnector.http.internal.share.Share;
import io.restconnector.http.internal.share.ShareFigures;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Meters of each share that is configured: what is used of it, of how much. */
record ShareMeters(RestConnectorConfigurator connector) {

  private static final Map<ShareFigures.Kind, String> OUTCOMES =
      Map.of(
          ShareFigures.Kind.TAKEN, "Taken",
          ShareFigures.Kind.TIMED_OUT, "TimedOut",
          ShareFigures.Kind.LEFT, "Left");

  void bindTo(MeterRegistry registry) {
    Objects.requireNonNull(connector.unwrap(RestConnectorSettings.class))
        .http()
        .access()
        .shares()
        .forEach((name, settings) -> bindTo(registry, name, settings));
  }

  private void bindTo(MeterRegistry registry, String name, ShareSettings settings) {
    gauge(name, "in.flight", share -> share.state().inFlight())
        .description("Attempts that hold a place in a share")
        .register(registry);
    gauge(name, "waiting", share -> share.state().waiting())
        .description("Attempts on this node that wait for a place in a share")
        .register(registry);
    gauge(name, "stopped", share -> seconds(share.state().stopped()))
        .description("How long a Retry-After still stops a share")
        .baseUnit("seconds")
        .register(registry);
    gauge(name, "queue.age", share -> seconds(share.figures().queueAge()))
        .description("Age of the oldest external-worker task that waits for a share")
        .baseUnit("seconds")
        .register(registry);
    if (settings.maxInFlight() != null) {
      gauge(name, "max.in.flight", share -> settings.maxInFlight())
          .description("Attempts that may hold a place in a share")
          .register(registry);
    }
    if (settings.requestsPerSecond() != null) {
      gauge(name, "max.rate", share -> settings.requestsPerSecond())
          .description("Attempts that may take a place in a share in a second")
          .register(registry);
    }
    OUTCOMES.forEach(
        (kind, outcome) ->
            FunctionCounter.builder(
                    "rest.connector.share.attempts",
                    connector,
                    all -> value(name, share -> share.figures().count(kind)))
                .description("Those that wanted a place in a share")
                .tags("share", name, "outcome", outcome)
                .register(registry));
  }

  private Gauge.Builder<?> gauge(String share, String meter, ToDoubleFunction<Share> value) {
    return Gauge.builder("rest.connector.share." + meter, connector, all -> value(share, value))
        .tag("share", share);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private double value(String name, ToDoubleFunction<Share> value) {
    RestCalls calls = connector.unwrap(RestCalls.class);
    return calls == null
        ? 0
        : calls.client().shares().all().stream()
            .filter(share -> share.name().equals(name))
            .mapToDouble(value)
            .sum();
  }
}
