package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * What {@code early} costs: an engine without it beside that of a commit before, one with it beside
 * one without, and the delivery of early events beside few and beside many others.
 */
final class EarlyComparison {

  private static final String BEFORE = "without early, before";
  private static final String WITHOUT = "without early";
  private static final String WITH = "with early";
  private static final int WARM_UP_ROUNDS = 60;
  private static final int WARM_UP_DELIVERIES = 10;
  private static final List<Integer> ROWS = List.of(100, 100_000);
  private static final int DATABASE_CONNECTIONS = 10;

  private EarlyComparison() {}

  /**
   * Takes the number of rounds, by default 200, and before it the option {@code --before} with a
   * checkout of a commit before there was {@code early}, compiled.
   */
  public static void main(String[] args) throws Exception {
    boolean hasBefore = args.length > 1 && args[0].equals("--before");
    int count = hasBefore ? 2 : 0;
    int rounds = args.length > count ? Integer.parseInt(args[count]) : 200;
    compareEngines(hasBefore ? Path.of(args[1]) : null, rounds);
    compareDeliveries(Math.max(1, rounds / 10));
    System.exit(0); // threads of engines that were loaded from elsewhere
  }

  private static void compareEngines(@Nullable Path before, int rounds) throws Exception {
    Map<String, Callable<double[]>> engines = new LinkedHashMap<>();
    if (before != null) {
      engines.put(BEFORE, before(before));
    }
    engines.put(WITHOUT, new CallbackEngine(memory(WITHOUT), WITHOUT, false));
    engines.put(WITH, new CallbackEngine(memory(WITH), WITH, true));
    Comparison starts = new Comparison(List.copyOf(engines.keySet()));
    Comparison callbacks = new Comparison(List.copyOf(engines.keySet()));
    compare(engines, rounds, WARM_UP_ROUNDS, starts, callbacks);
    starts.printTimes("Start of an instance that waits, " + rounds + " rounds");
    printRatios(starts, before != null);
    callbacks.printTimes("Callback that wakes it");
    printRatios(callbacks, before != null);
    for (Callable<double[]> engine : engines.values()) {
      ((AutoCloseable) engine).close();
    }
  }

  private static void printRatios(Comparison comparison, boolean hasBefore) {
    if (hasBefore) {
      comparison.printRatio(WITHOUT, BEFORE);
    }
    comparison.printRatio(WITHOUT, WITH); // of requests per second
  }

  /** Stays open: the engine may load a class at any time. */
  @SuppressWarnings("unchecked")
  private static Callable<double[]> before(Path checkout) throws Exception {
    BeforeLoader loader =
        new BeforeLoader(BeforeLoader.classes(checkout, "plugin"), BeforeLoader.ownClasses());
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(loader); // the engine discovers the connector by it
    try {
      return (Callable<double[]>)
          loader
              .loadClass(CallbackEngine.class.getName())
              .getConstructor(DataSource.class, String.class)
              .newInstance(memory(BEFORE), BEFORE);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  private static DataSource memory(String name) {
    return JdbcConnectionPool.create(
        "jdbc:h2:mem:" + name.replaceAll("\\W", "") + ";DB_CLOSE_DELAY=-1", "sa", "");
  }

  private static void compareDeliveries(int rounds) throws Exception {
    try (Postgres postgres = new Postgres()) {
      Map<String, Callable<double[]>> sides = new LinkedHashMap<>();
      List<String> names = new ArrayList<>();
      List<CallbackEngine> engines = new ArrayList<>();
      for (int rows : ROWS) {
        String name = rows + " early events";
        postgres.create("early" + rows);
        HikariDataSource pool = postgres.pool("early" + rows, DATABASE_CONNECTIONS);
        CallbackEngine engine = new CallbackEngine(pool, name, true);
        EarlyRows.insert(pool, rows);
        names.add(name);
        engines.add(engine);
        sides.put(name, engine::callEarly);
      }
      Comparison callbacks = new Comparison(names);
      Comparison deliveries = new Comparison(names);
      compare(sides, rounds, WARM_UP_DELIVERIES, callbacks, deliveries);
      callbacks.printTimes("Callback that is kept, PostgreSQL, " + rounds + " rounds");
      callbacks.printRatio(names.get(1), names.get(0));
      deliveries.printTimes("From the start of an instance to its end by a kept callback");
      deliveries.printRatio(names.get(1), names.get(0));
      engines.forEach(CallbackEngine::close);
    }
  }

  private static void compare(
      Map<String, Callable<double[]>> sides,
      int rounds,
      int warmUpRounds,
      Comparison first,
      Comparison second)
      throws Exception {
    List<Map.Entry<String, Callable<double[]>>> order = new ArrayList<>(sides.entrySet());
    for (int i = -warmUpRounds; i < rounds; i++) {
      Collections.rotate(order, 1);
      Map<String, Double> firsts = new HashMap<>();
      Map<String, Double> seconds = new HashMap<>();
      for (Map.Entry<String, Callable<double[]>> side : order) {
        double[] times = side.getValue().call();
        firsts.put(side.getKey(), times[0]);
        seconds.put(side.getKey(), times[1]);
      }
      if (i >= 0) {
        first.addRound(firsts);
        second.addRound(seconds);
      }
    }
  }
}
