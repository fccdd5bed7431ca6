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
 * Runs {@link ClientBenchmark} in rounds: each round forks one JVM for each client, in turn, so
 * that a busy minute of the machine meets all of them.
 */
final class ClientComparison {

  private static final List<String> CLIENTS =
      List.of("bareAsync", "connector", "connectorWithBreaker", "bareClassic");

  private ClientComparison() {}

  /** Takes the number of rounds, by default 9. */
  public static void main(String[] args) throws RunnerException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    for (int callers : new int[] {1, 8}) {
      Comparison comparison = new Comparison(CLIENTS);
      List<String> order = new ArrayList<>(CLIENTS);
      for (int i = 0; i < rounds; i++) {
        Collections.rotate(order, 1);
        Map<String, Double> round = new HashMap<>();
        for (String client : order) {
          round.put(client, measure(client, callers));
        }
        comparison.addRound(round);
      }
      comparison.printTimes("One GET, " + callers + " caller(s), " + rounds + " rounds");
      CLIENTS.forEach(client -> comparison.printRatio(client, "bareAsync"));
    }
  }

  private static double measure(String client, int callers) throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include("ClientBenchmark\\." + client + "$")
                    .threads(callers)
                    .forks(1)
                    .jvmArgs("-Xmx512m")
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(4)
                    .measurementTime(TimeValue.seconds(1))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    return result.getPrimaryResult().getScore();
  }
}
