package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.restconnector.benchmarks.SlowCallEngine.Way;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A backlog of instances that wait for one slow call each, worked off in different ways: one
 * database, one server, one JVM, one way after the other.
 */
final class WorkerComparison implements AutoCloseable {

  private static final int CALLS = 2000;
  private static final int MANY_CALLS = 10_000;
  static final int COUNTED_CALLS = 500;
  private static final int ROUNDS = 3;

  /** Ended instances at a time, and the connections that were in use until then. */
  record Sample(double seconds, long ended, int connections) {}

  private final HikariDataSource observer;
  private final Postgres postgres;
  private final SlowServer server;
  private final SlowCallEngine idle;

  WorkerComparison(Postgres postgres, SlowServer server) throws SQLException {
    this.postgres = postgres;
    this.server = server;
    postgres.create("calls");
    observer = postgres.pool("calls", 4);
    idle = SlowCallEngine.idle(observer);
  }

  /** Takes latencies in seconds; by default 1, 2 and 5, and the statements are counted as well. */
  public static void main(String[] args) throws Exception {
    List<String> latencies = args.length > 0 ? List.of(args) : List.of("1", "2", "5");
    try (Postgres postgres = new Postgres();
        SlowServer server = new SlowServer()) {
      WorkerComparison comparison = new WorkerComparison(postgres, server);
      if (args.length == 0) {
        comparison.countStatements();
      }
      comparison.warmUp();
      for (String latency : latencies) {
        comparison.compare(Integer.parseInt(latency));
      }
      for (String latency : latencies) {
        comparison.sustain(Integer.parseInt(latency));
      }
      comparison.close();
    }
    System.exit(0); // the engine's HTTP client leaves threads
  }

  void warmUp() throws Exception {
    server.answerAfter(Duration.ofMillis(100));
    backlog(Way.WORKER, CALLS);
    try (SlowCallEngine engine = working(Way.WORKER, null)) {
      observe(engine, CALLS, 60);
    }
  }

  private void compare(int seconds) throws Exception {
    server.answerAfter(Duration.ofSeconds(seconds));
    List<Way> others = List.of(Way.HTTP_TASK, Way.HTTP_TASK_TUNED, Way.DELEGATE);
    double[][] ratios = new double[others.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      System.out.printf("%nAnswers after %d s, round %d%n", seconds, round + 1);
      double[] rates = new double[others.size()];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = window(others.get(i), seconds);
      }
      double rate = all(CALLS, seconds);
      for (int i = 0; i < rates.length; i++) {
        ratios[i][round] = rate / rates[i];
      }
    }
    for (int i = 0; i < ratios.length; i++) {
      System.out.printf(
          "  worker / %-24s %8.1f  (%s)%n",
          others.get(i).title, Comparison.median(ratios[i]), Arrays.toString(ratios[i]));
    }
  }

  /** A backlog so long that taking, sending and completing go on at the same time. */
  private void sustain(int seconds) throws Exception {
    System.out.printf("%nAnswers after %d s, a long backlog%n", seconds);
    all(MANY_CALLS, seconds);
  }

  /** Calls per second in a window that is a whole number of latencies long. */
  private double window(Way way, int seconds) throws Exception {
    backlog(way, CALLS);
    try (SlowCallEngine engine = working(way, null)) {
      observe(engine, 1, Double.MAX_VALUE);
      observe(engine, CALLS, 2.0 * seconds);
      int length = Math.max(10, 4 * seconds);
      List<Sample> samples = observe(engine, CALLS, length);
      double rate = rate(samples.get(0), samples.get(samples.size() - 1));
      print(way, rate, "of " + length + " s", samples);
      return rate;
    }
  }

  /** Calls per second, from the start of the worker to the end of the last instance. */
  private double all(int calls, int seconds) throws Exception {
    backlog(Way.WORKER, calls);
    Map<String, Double> before = processorSeconds();
    server.answerAfter(Duration.ofSeconds(seconds));
    try (SlowCallEngine engine = working(Way.WORKER, null)) {
      List<Sample> samples = observe(engine, calls, 300);
      double rate = rate(samples.get(0), samples.get(samples.size() - 1));
      print(Way.WORKER, rate, "all " + calls, samples);
      System.out.printf(
          "  %-24s %8.1f calls/s once answers come, %d requests at once%n",
          "", rate(at(samples, 1), samples.get(samples.size() - 1)), server.mostWaiting());
      printProcessorTime(before, calls);
      return rate;
    }
  }

  @Override
  public void close() {
    idle.close();
  }

  private static Sample at(List<Sample> samples, long ended) {
    return samples.stream().filter(sample -> sample.ended() >= ended).findFirst().orElseThrow();
  }

  private static double rate(Sample from, Sample to) {
    return (to.ended() - from.ended()) / (to.seconds() - from.seconds());
  }

  private static void print(Way way, double rate, String window, List<Sample> samples) {
    System.out.printf(
        "  %-24s %8.1f calls/s, %s in %.1f s; connections in use %.1f, at most %d of %d%n",
        way.title,
        rate,
        window,
        samples.get(samples.size() - 1).seconds(),
        samples.stream().mapToInt(Sample::connections).average().orElse(0),
        samples.stream().mapToInt(Sample::connections).max().orElse(0),
        way.databaseConnections);
  }

  SlowCallEngine working(Way way, @Nullable StatementLog log) {
    return SlowCallEngine.working(postgres.pool("calls", way.databaseConnections), way, log);
  }

  /** Puts instances into the database that wait for their call. */
  void backlog(Way way, int instances) throws Exception {
    Postgres.deleteInstances(observer);
    idle.deploy(way, server.uri());
    InstanceCopies.create(observer, idle.begin(), instances - 1);
  }

  /** Looks twenty times a second, until so many have ended or so much time has passed. */
  List<Sample> observe(SlowCallEngine engine, long ended, double seconds) throws Exception {
    List<Sample> samples = new ArrayList<>();
    long start = System.nanoTime();
    while (true) {
      double now = (System.nanoTime() - start) / 1e9;
      samples.add(new Sample(now, ended(observer), engine.databaseConnectionsInUse()));
      if (samples.get(samples.size() - 1).ended() >= ended || now >= seconds) {
        return samples;
      }
      Thread.sleep(50);
    }
  }

  private static long ended(DataSource database) throws SQLException {
    return Postgres.number(
        database, "select count(*) from act_hi_procinst where end_time_ is not null");
  }

  /** Of one call in each way, of instances that another node has started. */
  private void countStatements() throws Exception {
    server.answerAfter(Duration.ofMillis(100));
    for (Way way : List.of(Way.HTTP_TASK, Way.DELEGATE, Way.WORKER)) {
      StatementLog log = new StatementLog();
      backlog(way, COUNTED_CALLS);
      try (SlowCallEngine engine = working(way, log)) {
        log.clear();
        observe(engine, COUNTED_CALLS, 60);
        print(way.title, log);
        if (way == Way.WORKER) {
          log.clear();
          for (int i = 0; i < COUNTED_CALLS; i++) {
            engine.begin();
          }
          observe(engine, 2 * COUNTED_CALLS, 60);
          print("start of the instance on this node and " + way.title, log);
        }
      }
    }
  }

  private static void print(String title, StatementLog log) {
    System.out.printf(
        "%n%s: %.2f transactions, %.2f of them with a commit, %.2f statements%n",
        title,
        (double) log.connections() / COUNTED_CALLS,
        (double) log.commits() / COUNTED_CALLS,
        (double) log.statements().size() / COUNTED_CALLS);
    Map<String, List<Long>> times = new TreeMap<>();
    for (StatementLog.Executed executed : log.executed()) {
      times.computeIfAbsent(executed.shortened(), any -> new ArrayList<>()).add(executed.nanos());
    }
    times.forEach(
        (sql, nanos) ->
            System.out.printf(
                "  %5.2f × %5.0f µs  %s%n",
                (double) nanos.size() / COUNTED_CALLS,
                Comparison.median(nanos.stream().mapToDouble(n -> n / 1000.0).toArray()),
                sql));
  }

  static Map<String, Double> processorSeconds() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Double> seconds = new TreeMap<>();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("rest-connector")) {
        String name = thread.getThreadName().replaceFirst("(-\\d+)+$", "");
        seconds.merge(name, threads.getThreadCpuTime(thread.getThreadId()) / 1e9, Double::sum);
      }
    }
    return seconds;
  }

  private static void printProcessorTime(Map<String, Double> before, int calls) {
    processorSeconds()
        .forEach(
            (name, seconds) ->
                System.out.printf(
                    "  %-24s %8.0f µs of a processor for one call%n",
                    name, 1e6 * (seconds - before.getOrDefault(name, 0.0)) / calls));
  }
}
