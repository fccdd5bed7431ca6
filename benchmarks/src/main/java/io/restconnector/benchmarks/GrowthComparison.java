package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * What the same things cost where little waits and where much waits: engines on databases of their
 * own, in turn, in one JVM. Fails where a statement reads a whole large table.
 */
final class GrowthComparison {

  private static final int SMALLEST = 100;
  private static final int WARM_UP_ROUNDS = 5;
  private static final int LEAST_ROUNDS = 5;
  private static final int MOST_ROUNDS = 60;
  private static final int MINUTES = 4;
  private static final int DATABASE_CONNECTIONS = 10;
  private static final int MOST_TRIGGERS = 1_000;
  private static final int MOST_REQUESTS = 10_000;

  /** More rows than any statement may read: the largest page that is wanted has 500. */
  private static final int MOST_ROWS = 2_000;

  private static final int LARGE = 10_000;

  /** Each ten seconds on each node: the one statement that is known to read all of its rows. */
  private static final String COUNT = "select count(*) from ACT_RC_EARLY_EVENT";

  private final int minutes;
  private final Postgres postgres;
  private final LoopbackServer called;
  private final LaterServer later;
  private final Map<Integer, GrowthEngine> engines = new LinkedHashMap<>();
  private final Map<Integer, PlanLog> logs = new LinkedHashMap<>();

  private GrowthComparison(
      int minutes, Postgres postgres, LoopbackServer called, LaterServer later) {
    this.minutes = minutes;
    this.postgres = postgres;
    this.called = called;
    this.later = later;
  }

  /**
   * Takes the largest number of rows, by default a million, and for how many minutes to measure.
   */
  public static void main(String[] args) throws Exception {
    int largest = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int minutes = args.length > 1 ? Integer.parseInt(args[1]) : MINUTES;
    boolean isGood;
    try (Postgres postgres = new Postgres(Map.of("max_wal_size", "4GB"));
        LoopbackServer called = new LoopbackServer();
        LaterServer later = new LaterServer()) {
      GrowthComparison comparison = new GrowthComparison(minutes, postgres, called, later);
      isGood = comparison.run(largest);
    }
    System.exit(isGood ? 0 : 1);
  }

  private boolean run(int largest) throws Exception {
    try {
      for (int rows = SMALLEST; rows <= largest; rows *= 10) {
        begin(rows);
      }
      compare();
      return explain();
    } finally {
      engines.values().forEach(GrowthEngine::close);
    }
  }

  private void begin(int rows) throws Exception {
    long begun = System.nanoTime();
    String name = "growth" + rows;
    postgres.create(name);
    PlanLog log = new PlanLog();
    GrowthEngine engine = new GrowthEngine(postgres.pool(name, DATABASE_CONNECTIONS), log, name);
    engine.deploy(called.uri(), later.uri());
    engine.fill(rows, Math.min(rows, MOST_TRIGGERS), Math.min(rows, MOST_REQUESTS));
    engines.put(rows, engine);
    logs.put(rows, log);
    System.out.printf(
        "%,d of each are there after %.0f s%n", rows, (System.nanoTime() - begun) / 1e9);
  }

  private void compare() throws Exception {
    Map<String, Map<Integer, List<Double>>> times = new LinkedHashMap<>();
    List<Integer> order = new ArrayList<>(engines.keySet());
    long end = 0;
    int rounds = 0;
    for (int i = -WARM_UP_ROUNDS; i < MOST_ROUNDS; i++) {
      if (i == 0) {
        end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        logs.values().forEach(PlanLog::clear);
      }
      if (i >= LEAST_ROUNDS && System.nanoTime() - end > 0) {
        break;
      }
      rounds = i + 1;
      Collections.rotate(order, 1);
      for (int rows : order) {
        Map<String, Double> costs = Objects.requireNonNull(engines.get(rows)).measure();
        if (i >= 0) {
          costs.forEach(
              (cost, time) ->
                  times
                      .computeIfAbsent(cost, any -> new HashMap<>())
                      .computeIfAbsent(rows, any -> new ArrayList<>())
                      .add(time));
        }
      }
    }
    print(times, rounds);
  }

  private void print(Map<String, Map<Integer, List<Double>>> times, int rounds) {
    List<Integer> sizes = List.copyOf(engines.keySet());
    System.out.printf("%nMedians of %d rounds, each time by that beside 100%n%n", rounds);
    StringBuilder head = new StringBuilder("| | µs beside 100 |");
    StringBuilder line = new StringBuilder("| --- | --- |");
    for (int rows : sizes.subList(1, sizes.size())) {
      head.append(" %,d |".formatted(rows));
      line.append(" --- |");
    }
    System.out.println(head + "\n" + line);
    times.forEach(
        (cost, bySize) -> {
          double[] base = values(bySize, SMALLEST);
          StringBuilder row =
              new StringBuilder("| %s | %.0f |".formatted(cost, Comparison.median(base)));
          for (int rows : sizes.subList(1, sizes.size())) {
            row.append(" %s |".formatted(Comparison.ratio(values(bySize, rows), base)));
          }
          System.out.println(row);
        });
  }

  private static double[] values(Map<Integer, List<Double>> bySize, int rows) {
    return Objects.requireNonNull(bySize.get(rows)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** Whether no statement reads a whole table, or much of it, at the largest size. */
  private boolean explain() throws Exception {
    int largest = Collections.max(engines.keySet());
    PlanLog log = Objects.requireNonNull(logs.get(largest));
    GrowthEngine engine = Objects.requireNonNull(engines.get(largest));
    log.start();
    for (int i = 0; i < 10; i++) {
      engine.measure();
    }
    Thread.sleep(Duration.ofSeconds(25).toMillis()); // what is done each ten or twenty seconds
    Set<String> large;
    try (HikariDataSource pool = postgres.pool("growth" + largest, 1)) {
      large = large(pool);
    }
    List<PlanLog.Plan> bad =
        log.plans().stream()
            .filter(plan -> plan.reads(large) || plan.rows() > MOST_ROWS)
            .filter(plan -> !plan.sql().startsWith(COUNT))
            .sorted(Comparator.comparing(PlanLog.Plan::rows).reversed())
            .toList();
    System.out.printf(
        "%n%d statements, of which %d read a whole table or more than %,d rows beside %,d%n",
        log.plans().size(), bad.size(), MOST_ROWS, largest);
    for (PlanLog.Plan plan : bad) {
      System.out.printf("%n%s%n%s%n", plan.sql(), plan.text());
    }
    return bad.isEmpty();
  }

  private static Set<String> large(DataSource database) throws SQLException {
    Set<String> tables = new HashSet<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select relname from pg_class where relkind = 'r' and reltuples > " + LARGE)) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }
}
