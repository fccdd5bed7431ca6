package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls of one, two and three nodes on one database, each in a JVM of its own: what they take
 * of the processors, what the database takes, and for which statements.
 */
final class NodeComparison implements AutoCloseable {

  private static final int MOST_NODES = 3;
  private static final int CALLS = 4_000;
  private static final int WARM_UPS = 2;
  private static final int STATEMENTS = 5;
  private static final long LOOK_MILLIS = 20;
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is measured, in the order of the columns. */
  private static final List<String> COLUMNS =
      List.of(
          "calls per second",
          "processor time of the nodes for a call, µs",
          "processor time of the database for a call, µs",
          "statements for a call",
          "time of their execution and planning for a call, µs",
          "sessions that execute",
          "sessions that wait for a lock",
          "sessions that wait for the log or another file");

  private final Postgres postgres = new Postgres(settings());
  private final SlowServer server = new SlowServer();
  private final HikariDataSource observer;
  private final SlowCallEngine idle;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Double> statements = new LinkedHashMap<>();

  private NodeComparison() throws Exception {
    postgres.create("nodes");
    observer = postgres.pool("nodes", 4);
    Postgres.execute(observer, "create extension pg_stat_statements");
    idle = SlowCallEngine.idle(observer);
    server.answerAfter(LATENCY);
    idle.deploy(SlowCallEngine.Way.WORKER, server.uri());
    for (int i = 0; i < MOST_NODES; i++) {
      nodes.add(new Node(postgres.url("nodes")));
    }
  }

  private static Map<String, String> settings() {
    return Map.of(
        "shared_preload_libraries",
        "pg_stat_statements",
        "pg_stat_statements.track_planning",
        "on",
        "max_wal_size",
        "4GB");
  }

  /** Takes the number of rounds, by default 3, and of calls, by default 4,000. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    int calls = args.length > 1 ? Integer.parseInt(args[1]) : CALLS;
    try (NodeComparison comparison = new NodeComparison()) {
      comparison.compare(rounds, calls);
    }
    System.exit(0);
  }

  private void compare(int rounds, int calls) throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      measure(MOST_NODES, calls);
    }
    statements.clear();
    Map<Integer, double[][]> figures = new TreeMap<>();
    List<Integer> order = new ArrayList<>(List.of(1, 2, 3));
    for (int round = 0; round < rounds; round++) {
      Collections.rotate(order, 1);
      for (int count : order) {
        figures.computeIfAbsent(count, any -> new double[rounds][])[round] = measure(count, calls);
      }
    }
    System.out.printf("%nBacklogs of %,d calls, medians of %d rounds%n%n", calls, rounds);
    System.out.println("| | 1 node | 2 nodes | 3 nodes |\n| --- | --- | --- | --- |");
    for (int i = 0; i < COLUMNS.size(); i++) {
      StringBuilder row = new StringBuilder("| " + COLUMNS.get(i) + " |");
      for (double[][] values : figures.values()) {
        row.append(" %.1f |".formatted(median(values, i)));
      }
      System.out.println(row);
    }
    printBounds(figures);
    printStatements();
  }

  private static double median(double[][] rounds, int column) {
    return Comparison.median(Arrays.stream(rounds).mapToDouble(round -> round[column]).toArray());
  }

  private static void printBounds(Map<Integer, double[][]> figures) {
    double[][] most = figures.getOrDefault(MOST_NODES, new double[0][]);
    System.out.printf(
        "%nOne processor of a node: %.0f calls per second; one of the database: %.0f, with %d nodes%n",
        1e6 / median(most, 1), 1e6 / median(most, 2), MOST_NODES);
  }

  private void printStatements() {
    double all = statements.values().stream().mapToDouble(Double::doubleValue).sum();
    System.out.println("\n| statement | part of the time of all statements |\n| --- | --- |");
    statements.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(STATEMENTS)
        .forEach(
            each -> System.out.printf("| `%s` | %.2f |%n", each.getKey(), each.getValue() / all));
  }

  /** Of so many nodes that work off so many calls. */
  private double[] measure(int count, int calls) throws Exception {
    Postgres.deleteInstances(observer);
    InstanceCopies.create(observer, idle.begin(), calls - 1);
    Postgres.execute(observer, "checkpoint");
    Postgres.execute(observer, "select pg_stat_statements_reset()");
    double nodesBefore = nodeSeconds();
    double databaseBefore = databaseSeconds();
    long begun = System.nanoTime();
    List<Node> working = nodes.subList(0, count);
    working.forEach(node -> node.set(true));
    double[] sessions = new double[3];
    int looks = 0;
    while (isAnyLeft()) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IllegalStateException("Not all calls are completed");
      }
      look(sessions);
      looks++;
      Thread.sleep(LOOK_MILLIS);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    working.forEach(node -> node.set(false));
    double ofNodes = nodeSeconds() - nodesBefore;
    double ofDatabase = databaseSeconds() - databaseBefore;
    double[] executed = statements();
    return new double[] {
      calls / seconds,
      1e6 * ofNodes / calls,
      1e6 * ofDatabase / calls,
      executed[0] / calls,
      1e3 * executed[1] / calls,
      sessions[0] / looks,
      sessions[1] / looks,
      sessions[2] / looks
    };
  }

  /** A job is deleted in the transaction that ends its instance. */
  private boolean isAnyLeft() throws SQLException {
    return Postgres.number(observer, "select 1 from act_ru_external_job limit 1") == 1;
  }

  private double nodeSeconds() {
    return nodes.stream().mapToDouble(node -> node.processorTime().toNanos() / 1e9).sum();
  }

  /** Of all processes of PostgreSQL that are there. */
  private double databaseSeconds() throws SQLException {
    ProcessHandle session =
        ProcessHandle.of(Postgres.number(observer, "select pg_backend_pid()")).orElseThrow();
    ProcessHandle database = session.parent().orElseThrow();
    return database
        .descendants()
        .mapToDouble(each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
        .sum();
  }

  /** Adds how many sessions of others are executing, wait for a lock, and wait for a file. */
  private void look(double[] sessions) throws SQLException {
    try (Connection connection = observer.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) filter (where wait_event_type is null),"
                    + " count(*) filter (where wait_event_type = 'Lock'),"
                    + " count(*) filter (where wait_event_type = 'IO' or wait_event = 'WALWrite')"
                    + " from pg_stat_activity where backend_type = 'client backend'"
                    + " and pid <> pg_backend_pid()")) {
      if (row.next()) {
        for (int i = 0; i < sessions.length; i++) {
          sessions[i] += row.getDouble(i + 1);
        }
      }
    }
  }

  /** How many were executed, and for how many milliseconds. */
  private double[] statements() throws SQLException {
    double[] sums = new double[2];
    try (Connection connection = observer.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select query, calls, total_exec_time + total_plan_time from pg_stat_statements"
                    + " where dbid = (select oid from pg_database where datname = 'nodes')"
                    + " and query !~ 'pg_stat|pg_backend|limit [$]1$'")) {
      while (row.next()) {
        String query = new StatementLog.Executed(row.getString(1), 0).shortened();
        sums[0] += row.getLong(2);
        sums[1] += row.getDouble(3);
        statements.merge(query, row.getDouble(3), Double::sum);
      }
    }
    return sums;
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(Node::close);
    idle.close();
    server.close();
    postgres.close();
  }
}
