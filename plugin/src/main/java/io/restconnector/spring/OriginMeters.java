package io.restconnector.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.restconnector.call.internal.RestCalls;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.hc.core5.pool.PoolStats;
import org.jspecify.annotations.Nullable;

/** The origins that were called, with gauges for the connections and the circuit of each. */
final class OriginMeters {

  /** A URL may be made from data: more origins than this are counted together. */
  private static final int MAX_ORIGINS = 200;

  private static final String OTHER = "other";

  private final List<MeterRegistry> registries;
  private final Supplier<@Nullable RestCalls> calls;
  private final Set<String> origins = ConcurrentHashMap.newKeySet();
  private final Set<String> circuits = ConcurrentHashMap.newKeySet();

  /**
   * Knows no origin yet.
   *
   * @param calls of the engine, null as long as there are none
   */
  OriginMeters(List<MeterRegistry> registries, Supplier<@Nullable RestCalls> calls) {
    this.registries = registries;
    this.calls = calls;
  }

  /** An origin is called: what meters name it. */
  String called(String origin) {
    if (origins.contains(origin)) {
      return origin;
    }
    String tag = origins.size() < MAX_ORIGINS ? origin : OTHER;
    if (origins.add(tag)) {
      registries.forEach(registry -> addConnections(registry, tag));
    }
    return tag;
  }

  private void addConnections(MeterRegistry registry, String tag) {
    addConnections(registry, tag, "leased", PoolStats::getLeased);
    addConnections(registry, tag, "available", PoolStats::getAvailable);
  }

  private void addConnections(
      MeterRegistry registry, String tag, String state, ToIntFunction<PoolStats> count) {
    Gauge.builder("rest.connector.connections", () -> count.applyAsInt(connections(tag)))
        .description("Open connections")
        .tags("state", state, "origin", tag)
        .register(registry);
  }

  private PoolStats connections(String tag) {
    RestCalls current = calls.get();
    return current == null
        ? new PoolStats(0, 0, 0, 0)
        : current
            .client()
            .poolStats(
                origin -> tag.equals(OTHER) ? !origins.contains(origin) : tag.equals(origin));
  }

  /** A call went through the circuit of an origin. */
  void guarded(String tag) {
    if (!tag.equals(OTHER) && circuits.add(tag)) {
      for (MeterRegistry registry : registries) {
        Gauge.builder("rest.connector.circuit", () -> circuit(tag))
            .description("0 closed, 0.5 half open, 1 open")
            .tag("origin", tag)
            .register(registry);
      }
    }
  }

  private double circuit(String origin) {
    RestCalls current = calls.get();
    String state = current == null ? null : current.client().breakers().states().get(origin);
    if ("OPEN".equals(state)) {
      return 1;
    }
    return "HALF_OPEN".equals(state) ? 0.5 : 0;
  }
}
