package io.restconnector.benchmarks;

import io.restconnector.benchmarks.SlowCallEngine.Way;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A backlog of calls of one second that a worker works off, whichever class loader the connector
 * comes from.
 */
public final class WorkerBacklog implements Callable<double[]>, AutoCloseable {

  private final Postgres postgres = new Postgres();
  private final SlowServer server = new SlowServer();
  private final WorkerComparison comparison = new WorkerComparison(postgres, server);
  private final int calls;

  /** One of so many calls, on a database of its own. */
  public WorkerBacklog(Integer calls) throws Exception {
    this.calls = calls;
    comparison.warmUp();
  }

  /** Calls per second, microseconds of a processor for one call, statements for one call. */
  @Override
  public double[] call() throws Exception {
    StatementLog log = new StatementLog();
    comparison.backlog(Way.WORKER, WorkerComparison.COUNTED_CALLS);
    try (SlowCallEngine engine = comparison.working(Way.WORKER, log)) {
      log.clear();
      comparison.observe(engine, WorkerComparison.COUNTED_CALLS, 60);
    }
    comparison.backlog(Way.WORKER, calls);
    Map<String, Double> before = WorkerComparison.processorSeconds();
    try (SlowCallEngine engine = comparison.working(Way.WORKER, null)) {
      long start = System.nanoTime();
      comparison.observe(engine, calls, 600);
      double rate = calls * 1e9 / (System.nanoTime() - start);
      double seconds =
          WorkerComparison.processorSeconds().entrySet().stream()
              .mapToDouble(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0.0))
              .sum();
      return new double[] {
        rate,
        1e6 * seconds / calls,
        (double) log.statements().size() / WorkerComparison.COUNTED_CALLS
      };
    }
  }

  @Override
  public void close() throws IOException {
    comparison.close();
    server.close();
    postgres.close();
  }
}
