package io.restconnector.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link ClientBenchmark} in short rounds, the clients in turn.
 *
 * <p>JMH would give each client a JVM of its own and seconds at a time, which the next client then
 * meets on another machine, as it were. So all share one JVM here, unlike what JMH recommends: the
 * code they have in common is compiled for all of them, as in an application that uses both.
 */
final class ClientComparison {

  private static final List<String> CLIENTS =
      List.of("bareAsync", "connector", "connectorWithBreaker", "bareClassic");

  private static final int WARM_UP_ROUNDS = 30;

  private ClientComparison() {}

  /** Takes the number of rounds, by default 100. */
  public static void main(String[] args) throws RunnerException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    for (int callers : new int[] {1, 8}) {
      Comparison comparison = new Comparison(CLIENTS);
      List<String> order = new ArrayList<>(CLIENTS);
      for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
        Collections.rotate(order, 1);
        Map<String, Double> round = new HashMap<>();
        for (String client : order) {
          round.put(client, measure(client, callers));
        }
        if (i >= 0) {
          comparison.addRound(round);
        }
      }
      comparison.printTimes("One GET, " + callers + " caller(s), " + rounds + " rounds");
      CLIENTS.forEach(client -> comparison.printRatio(client, "bareAsync"));
    }
  }

  /** The median call, in microseconds: the scheduler of a busy machine spoils the mean. */
  private static double measure(String client, int callers) throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include("ClientBenchmark\\." + client + "$")
                    .threads(callers)
                    .forks(0)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(50))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(100))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }
}
