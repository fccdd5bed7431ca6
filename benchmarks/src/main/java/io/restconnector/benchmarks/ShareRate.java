package io.restconnector.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A check: two nodes on one database, each with the same share of a host, and far more calls to it
 * than the share lets through, of external-worker tasks and of delegates. The server counts what
 * each node sends. Beside that each node calls another host, which must not wait. Ends with 1 where
 * something misses.
 */
final class ShareRate {

  private static final List<String> NODES = List.of("one", "two");
  private static final int WARM_UP = 5;

  /** Of which host a call is shows when its inputs are read; until then all wait in one line. */
  private static final String NOT_READ =
      "select count(*) from act_ru_external_job where lock_owner_ is null";

  private static final double TOLERANCE = 0.02;
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);

  private final ArrivalServer host = new ArrivalServer();
  private final ArrivalServer other = new ArrivalServer();
  private final List<ShareEngine> nodes = new ArrayList<>();
  private final int seconds;
  private final double rate;

  private ShareRate(int seconds, double rate) throws Exception {
    this.seconds = seconds;
    this.rate = rate;
  }

  /** Takes the seconds that are looked at, 60 by default, and the calls per second of the share. */
  public static void main(String[] args) throws Exception {
    ShareRate check =
        new ShareRate(
            args.length > 0 ? Integer.parseInt(args[0]) : 60,
            args.length > 1 ? Double.parseDouble(args[1]) : 50);
    try (Postgres postgres = new Postgres()) {
      boolean holds = check.holds(postgres);
      // Delegates go on calling, and say much when their database ends before them.
      System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
      System.exit(holds ? 0 : 1);
    }
  }

  private boolean holds(Postgres postgres) throws Exception {
    postgres.create("share");
    ShareEngine idle = engine(postgres, "idle", false).deploy();
    int calls = (int) (NODES.size() * rate * (seconds + 10 * WARM_UP)) + 100;
    System.out.printf("%d calls wait for %d nodes%n", calls, NODES.size());
    idle.begin(ShareEngine.WORKER, host.url(), calls);
    for (String name : NODES) {
      nodes.add(engine(postgres, name, true));
    }
    nodes.forEach(this::callByDelegates);
    try (HikariDataSource database = postgres.pool("share", 1)) {
      long begun = System.nanoTime();
      while (Postgres.number(database, NOT_READ) > 0) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      System.out.printf(
          "all have been read once after %d s%n",
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    }
    long start = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP);
    boolean waitsForNothing = callOther(start + TimeUnit.SECONDS.toNanos(seconds));
    long end = System.nanoTime();
    boolean keepsRate = true;
    for (String name : NODES) {
      keepsRate &= keepsRate(name, start, end);
    }
    return keepsRate && waitsForNothing;
  }

  private ShareEngine engine(Postgres postgres, String name, boolean isWorking) throws Exception {
    return new ShareEngine(postgres.pool("share", 10), name, host.url(), rate, isWorking);
  }

  /** Their transactions wait for their places. */
  private void callByDelegates(ShareEngine node) {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                node.begin(ShareEngine.DELEGATE, host.url(), 1);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private boolean keepsRate(String node, long start, long end) {
    long[] times =
        host.arrivals("/" + node).stream()
            .mapToLong(time -> time)
            .filter(time -> time >= start && time <= end)
            .sorted()
            .toArray();
    int last = times.length - 1;
    double real = last < 1 ? 0 : last * 1e9 / (times[last] - times[0]);
    long mostInASecond =
        Arrays.stream(times)
            .map(
                from ->
                    Arrays.stream(times)
                        .filter(time -> time >= from && time < from + 1_000_000_000L)
                        .count())
            .max()
            .orElse(0);
    System.out.printf(
        "node %s: %.2f calls per second, wanted %.2f: real / asked = %.4f; at most %d in any second, every ten seconds %s%n",
        node, real, rate, real / rate, mostInASecond, everyTenSeconds(times, start, end));
    return Math.abs(real / rate - 1) <= TOLERANCE;
  }

  private static List<Long> everyTenSeconds(long[] times, long start, long end) {
    List<Long> counts = new ArrayList<>();
    for (long from = start; from < end; from += TimeUnit.SECONDS.toNanos(10)) {
      long begin = from;
      counts.add(
          Arrays.stream(times)
              .filter(time -> time >= begin && time < begin + TimeUnit.SECONDS.toNanos(10))
              .count());
    }
    return counts;
  }

  /** One call after the other, each of the next node, until that time. */
  private boolean callOther(long until) throws InterruptedException {
    List<Long> waits = new ArrayList<>();
    while (System.nanoTime() < until) {
      int next = waits.size() % NODES.size();
      String path = "/" + NODES.get(next);
      int before = other.arrivals(path).size();
      long begun = System.nanoTime();
      nodes.get(next).begin(ShareEngine.WORKER, other.url(), 1);
      while (other.arrivals(path).size() == before
          && System.nanoTime() - begun < 2 * LONGEST_WAIT) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      waits.add(System.nanoTime() - begun);
      TimeUnit.MILLISECONDS.sleep(50);
    }
    double[] millis = waits.stream().mapToDouble(wait -> wait / 1e6).sorted().toArray();
    System.out.printf(
        "%d calls of another host began after %.1f ms (median), at most %.1f ms%n",
        millis.length, Comparison.median(millis), millis[millis.length - 1]);
    return millis[millis.length - 1] <= LONGEST_WAIT / 1e6;
  }
}
