package io.restconnector.benchmarks;

import static io.restconnector.benchmarks.PeerEngine.CAMUNDA;
import static io.restconnector.benchmarks.PeerEngine.HTTP;
import static io.restconnector.benchmarks.PeerEngine.HTTP_JSON;
import static io.restconnector.benchmarks.PeerEngine.HTTP_OVER_OURS;
import static io.restconnector.benchmarks.PeerEngine.JDK;
import static io.restconnector.benchmarks.PeerEngine.NO_CALL;
import static io.restconnector.benchmarks.PeerEngine.REST;
import static io.restconnector.benchmarks.PeerEngine.REST_CLIENT;
import static io.restconnector.benchmarks.PeerEngine.REST_ONE;
import static io.restconnector.benchmarks.PeerEngine.WORKER;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process with one call, by the ways that there are to make it, each at its defaults. */
final class PeerComparison {

  private static final int PARALLEL = 16;
  private static final int PARALLEL_WARM_UP_ROUNDS = 6;
  private static final int PARALLEL_INSTANCES = 5;
  private static final int SLOW = 256;
  private static final int SLOW_ROUNDS = 3;
  private static final Duration LATENCY = Duration.ofMillis(200);

  private final List<String> ways = new ArrayList<>();
  private final PeerEngine stock;
  private final PeerEngine overOurs;

  private PeerComparison(URI uri, @Nullable CamundaFunction camunda) {
    ways.addAll(
        List.of(NO_CALL, REST_CLIENT, JDK, HTTP, HTTP_JSON, HTTP_OVER_OURS, REST, REST_ONE));
    if (camunda != null) {
      ways.add(CAMUNDA);
    }
    Map<Object, Object> beans = PeerDelegates.beans(uri, camunda);
    stock = new PeerEngine("stock", uri, beans, false);
    overOurs = new PeerEngine("httpOverOurs", uri, beans, false);
  }

  /**
   * Takes the number of rounds, by default 100, and the class path of Camunda's connector function,
   * by default none.
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    CamundaFunction camunda = CamundaFunction.of(args.length > 1 ? args[1] : null);
    ClientBytes.print(rounds);
    try (LoopbackServer server = new LoopbackServer()) {
      PeerComparison peers = new PeerComparison(server.uri(), camunda);
      new PeerCosts(peers.ways, peers::run).print(rounds);
      peers.parallel(rounds);
      peers.close();
    }
    try (SlowServer server = new SlowServer()) {
      PeerComparison peers = new PeerComparison(server.uri(), camunda);
      peers.slow(server);
      peers.close();
    }
    System.exit(0); // clients leave threads
  }

  private void close() {
    stock.close();
    overOurs.close();
  }

  private void run(String way) {
    (way.equals(HTTP_OVER_OURS) ? overOurs : stock).run(way);
  }

  private void parallel(int rounds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    Comparison times = new Comparison(ways);
    List<String> order = new ArrayList<>(ways);
    for (int i = -PARALLEL_WARM_UP_ROUNDS; i < rounds / 2; i++) {
      Collections.rotate(order, 1);
      Map<String, Double> time = new HashMap<>();
      for (String way : order) {
        Callable<Integer> work =
            () -> {
              for (int n = 0; n < PARALLEL_INSTANCES; n++) {
                run(way);
              }
              return PARALLEL_INSTANCES;
            };
        long start = System.nanoTime();
        for (Future<Integer> done : threads.invokeAll(Collections.nCopies(PARALLEL, work))) {
          done.get();
        }
        time.put(way, (System.nanoTime() - start) / 1000.0 / PARALLEL / PARALLEL_INSTANCES);
      }
      if (i >= 0) {
        times.addRound(time);
      }
    }
    threads.shutdown();
    times.printTimes(PARALLEL + " at once: time over instances");
    PeerCosts.printRatios(times, ways);
  }

  private void slow(SlowServer server) throws Exception {
    List<String> slowWays = new ArrayList<>(ways);
    slowWays.remove(NO_CALL);
    slowWays.add(WORKER);
    Comparison times = new Comparison(slowWays);
    System.out.printf(
        "%n%d at once, answers after %d ms%n%-34s %8s %8s %8s %12s %10s%n",
        SLOW, LATENCY.toMillis(), "", "ms", "failed", "threads", "connections", "requests");
    try (PeerEngine working = new PeerEngine("working", server.uri(), Map.of(), true)) {
      for (int round = 0; round < SLOW_ROUNDS; round++) {
        Map<String, Double> time = new HashMap<>();
        for (String way : slowWays) {
          time.put(way, slow(server, way, working));
        }
        times.addRound(time);
      }
    }
    for (String way : ways) {
      if (!way.equals(NO_CALL)) {
        times.printRatio(WORKER, way);
      }
    }
  }

  private double slow(SlowServer server, String way, PeerEngine working) throws Exception {
    server.answerAfter(LATENCY);
    ThreadPoolExecutor callers =
        new ThreadPoolExecutor(SLOW, SLOW, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    if (!way.equals(WORKER)) {
      callers.prestartAllCoreThreads();
    }
    ThreadPeak peak = new ThreadPeak();
    long start = System.nanoTime();
    int failed = way.equals(WORKER) ? runByWorker(working) : runByThreads(callers, way);
    double micros = (System.nanoTime() - start) / 1000.0;
    callers.shutdown();
    callers.awaitTermination(1, TimeUnit.MINUTES);
    System.out.printf(
        "%-34s %8.0f %8d %8d %12d %10d%n",
        way, micros / 1000, failed, peak.more(), server.accepted(), server.mostWaiting());
    return micros;
  }

  /** A thread for each, as they wait for their call. */
  private int runByThreads(ExecutorService callers, String way) throws InterruptedException {
    int failed = 0;
    List<Callable<String>> work =
        Collections.nCopies(
            SLOW,
            () -> {
              run(way);
              return way;
            });
    for (Future<String> done : callers.invokeAll(work)) {
      try {
        done.get();
      } catch (ExecutionException timedOut) {
        failed++;
      }
    }
    return failed;
  }

  /** All started by this thread. */
  private static int runByWorker(PeerEngine working) throws InterruptedException {
    for (int i = 0; i < SLOW; i++) {
      working.run(WORKER);
    }
    while (working.running() > 0) {
      Thread.sleep(5);
    }
    return 0;
  }
}
