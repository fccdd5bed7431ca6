package io.restconnector.http;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/** A few threads for what takes a while with an answer, so that no I/O thread has to do it. */
final class Decoders {

  private final ThreadPoolExecutor threads;

  Decoders() {
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
   * @throws RejectedExecutionException after {@link #close}
   */
  void execute(Runnable task) {
    threads.execute(task);
  }

  void close() {
    threads.shutdownNow();
  }
}
