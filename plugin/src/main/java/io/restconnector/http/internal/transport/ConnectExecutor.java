package io.restconnector.http.internal.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * A few threads that start connections. Calls of one origin take turns, so that a name server that
 * stalls holds up one thread and not every origin: to look up a name is all that may take long.
 */
public final class ConnectExecutor {

  private static final int THREADS = 8;

  private final ThreadPoolExecutor threads;
  private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

  public ConnectExecutor() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("rest-connector-connect", true));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws RejectedExecutionException after {@link #close}
   */
  void execute(String origin, Runnable connect) {
    synchronized (waiting) {
      Queue<Runnable> others = waiting.get(origin);
      if (others != null) {
        others.add(connect);
        return;
      }
      threads.execute(() -> run(origin, connect));
      waiting.put(origin, new ArrayDeque<>());
    }
  }

  private void run(String origin, Runnable connect) {
    try {
      connect.run();
    } finally {
      next(origin);
    }
  }

  private void next(String origin) {
    synchronized (waiting) {
      Queue<Runnable> others = waiting.remove(origin);
      if (others == null || others.isEmpty()) {
        return;
      }
      Runnable next = others.remove();
      try {
        threads.execute(() -> run(origin, next));
        waiting.put(origin, others);
      } catch (RejectedExecutionException closed) {
        // The calls that wait were given up when the client was closed.
      }
    }
  }

  public void close() {
    threads.shutdownNow();
  }
}
