package io.restconnector.http.internal.body;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/** A few threads for slow work on answers, which keeps it off the I/O threads. */
public final class Decoders {

  private final ThreadPoolExecutor threads;

  /** At most one for each thread. Making one often takes longer than inflating a body. */
  private final Queue<Inflater> inflaters = new ConcurrentLinkedQueue<>();

  public Decoders() {
    int count = Math.max(2, Runtime.getRuntime().availableProcessors());
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("rest-connector-decode", true));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs the task on a thread of its own kind, off the I/O threads.
   *
   * @throws RejectedExecutionException after {@link #close}
   */
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /**
   * As {@link #execute}, with an inflater for bare deflate data.
   *
   * @throws RejectedExecutionException after {@link #close}
   */
  public void inflate(Consumer<Inflater> task) {
    execute(
        () -> {
          Inflater next = inflaters.poll();
          Inflater inflater = next == null ? new Inflater(true) : next;
          try {
            task.accept(inflater);
          } finally {
            inflater.reset(); // or it holds the body
            inflaters.add(inflater);
          }
        });
  }

  /** Runs the remaining tasks on this thread, as a caller waits for each of them. */
  public void close() {
    threads.shutdownNow().forEach(Runnable::run);
  }
}
