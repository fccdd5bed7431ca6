package io.restconnector.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The worker and that of a commit before, by turns in one JVM. This module's classes are of now on
 * both sides.
 */
final class WorkerBeforeComparison {

  private static final List<String> FIGURES =
      List.of("calls per second", "µs of a processor for one call", "statements for one call");

  private WorkerBeforeComparison() {}

  /** Takes a checkout of the commit before, compiled, and the numbers of rounds and of calls. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    Integer calls = args.length > 2 ? Integer.valueOf(args[2]) : 10_000;
    try (BeforeLoader loader =
        new BeforeLoader(
            BeforeLoader.classes(Path.of(args[0]), "plugin"), BeforeLoader.ownClasses())) {
      Callable<?> before = backlog(loader.loadClass(WorkerBacklog.class.getName()), calls);
      Callable<?> now = backlog(WorkerBacklog.class, calls);
      List<String> sides = List.of("before", "now");
      List<Comparison> comparisons = FIGURES.stream().map(each -> new Comparison(sides)).toList();
      for (int i = 0; i < rounds; i++) {
        double[] first = call(i % 2 == 0 ? before : now);
        double[] second = call(i % 2 == 0 ? now : before);
        for (int figure = 0; figure < FIGURES.size(); figure++) {
          Map<String, Double> round = new HashMap<>();
          round.put("before", (i % 2 == 0 ? first : second)[figure]);
          round.put("now", (i % 2 == 0 ? second : first)[figure]);
          comparisons.get(figure).addRound(round);
          System.out.printf("round %d, %s: %s%n", i + 1, FIGURES.get(figure), round);
        }
      }
      for (int figure = 0; figure < FIGURES.size(); figure++) {
        System.out.printf("%n%s%n", FIGURES.get(figure));
        comparisons.get(figure).printRatio("now", "before");
      }
      ((AutoCloseable) before).close();
      ((AutoCloseable) now).close();
    }
    System.exit(0); // the engine's HTTP client leaves threads
  }

  private static double[] call(Callable<?> side) throws Exception {
    discoverIn(side.getClass());
    return (double[]) side.call();
  }

  /** The engine discovers its configurators there: one connector, that of the side. */
  private static void discoverIn(Class<?> type) {
    Thread.currentThread().setContextClassLoader(type.getClassLoader());
  }

  private static Callable<?> backlog(Class<?> type, Integer calls)
      throws ReflectiveOperationException {
    discoverIn(type);
    return (Callable<?>) type.getConstructor(Integer.class).newInstance(calls);
  }
}
