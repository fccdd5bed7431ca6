package io.restconnector.benchmarks;

import static io.restconnector.benchmarks.PeerEngine.HTTP;
import static io.restconnector.benchmarks.PeerEngine.HTTP_JSON;
import static io.restconnector.benchmarks.PeerEngine.HTTP_OVER_OURS;
import static io.restconnector.benchmarks.PeerEngine.NO_CALL;
import static io.restconnector.benchmarks.PeerEngine.REST;
import static io.restconnector.benchmarks.PeerEngine.REST_CLIENT;
import static io.restconnector.benchmarks.PeerEngine.REST_ONE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What one instance costs, where instances run one after the other: time, processors, memory.
 *
 * @param run one instance by a way to make its call
 */
record PeerCosts(List<String> ways, Consumer<String> run) {

  /** What is called once by each instance is compiled in full after some 5,000 of them. */
  private static final int WARM_UP_ROUNDS = 250;

  private static final int INSTANCES = 40;

  /** Of one instance by one way, in microseconds and bytes. */
  private record Cost(double time, double processors, double caller, double bytes) {}

  void print(int rounds) {
    Comparison times = new Comparison(ways);
    Comparison processors = new Comparison(ways);
    Comparison callers = new Comparison(ways);
    Comparison bytes = new Comparison(ways);
    Comparison callBytes = new Comparison(ways);
    List<String> order = new ArrayList<>(ways);
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      Collections.rotate(order, 1);
      Map<String, Cost> costs = new HashMap<>();
      order.forEach(way -> costs.put(way, cost(way)));
      if (i >= 0) {
        double without = Objects.requireNonNull(costs.get(NO_CALL)).bytes;
        add(times, costs, Cost::time);
        add(processors, costs, Cost::processors);
        add(callers, costs, Cost::caller);
        add(bytes, costs, Cost::bytes);
        add(callBytes, costs, cost -> cost.bytes - without);
      }
    }
    times.printTimes("A process with one call, " + rounds + " rounds");
    printRatios(times, ways);
    processors.printTimes("Processors' time of one, of all threads but the server's");
    printRatios(processors, ways);
    callers.printTimes("Processors' time of one, of the engine's thread");
    printRatios(callers, ways);
    bytes.print("Allocated for one", "bytes");
    printRatios(bytes, ways);
    callBytes.print("Allocated for its call and variables", "bytes");
    callBytes.printRatio(REST, REST_CLIENT);
    callBytes.printRatio(REST_ONE, HTTP);
  }

  private static void add(
      Comparison comparison, Map<String, Cost> costs, ToDoubleFunction<Cost> what) {
    Map<String, Double> round = new HashMap<>();
    costs.forEach((way, cost) -> round.put(way, what.applyAsDouble(cost)));
    comparison.addRound(round);
  }

  static void printRatios(Comparison comparison, List<String> ways) {
    for (String way : ways) {
      if (!way.equals(REST)) {
        comparison.printRatio(REST, way);
      }
    }
    comparison.printRatio(REST_ONE, HTTP);
    comparison.printRatio(REST_ONE, HTTP_JSON);
    comparison.printRatio(HTTP_OVER_OURS, HTTP);
  }

  private Cost cost(String way) {
    long bytes = AllocatedBytes.now();
    long processors = ProcessorTime.now();
    long caller = ProcessorTime.ofThisThread();
    double[] times = new double[INSTANCES];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      run.accept(way);
      times[i] = (System.nanoTime() - start) / 1000.0;
    }
    return new Cost(
        Comparison.median(times),
        (ProcessorTime.now() - processors) / 1000.0 / INSTANCES,
        (ProcessorTime.ofThisThread() - caller) / 1000.0 / INSTANCES,
        (double) (AllocatedBytes.now() - bytes) / INSTANCES);
  }
}
