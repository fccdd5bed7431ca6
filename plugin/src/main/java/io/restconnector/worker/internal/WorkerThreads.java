package io.restconnector.worker.internal;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few threads that read inputs and complete jobs. What is left at the end is not run. */
final class WorkerThreads {

  static final int COUNT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
  private static final int MAX_WAITING_TASKS = 200;
  private static final int LONGEST_WAIT = 6;

  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          COUNT, new DefaultThreadFactory("rest-connector-complete", true));

  WorkerThreads() {
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Whether more waits for them than they can soon do.
   *
   * @param answers that wait beside the tasks
   */
  boolean areBehind(int answers) {
    return threads.getQueue().size() + answers > MAX_WAITING_TASKS;
  }

  /** Whether they take no more tasks, and do those that they have. */
  boolean areClosing() {
    return threads.isShutdown();
  }

  void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("The REST worker has stopped, the call is left to another node");
    }
  }

  /** In about a second. */
  void later(Runnable task) {
    later(LONGEST_WAIT, task);
  }

  /** The later the more tries there were; by chance a little more or less, as nodes may race. */
  void later(int tries, Runnable task) {
    long millis = 20L << Math.min(tries, LONGEST_WAIT);
    long some = ThreadLocalRandom.current().nextLong(millis / 2, millis * 3 / 2);
    try {
      threads.schedule(task, some, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("The REST worker has stopped, the call is left to another node");
    }
  }

  /**
   * Ends them, those at work too when these nanoseconds are over.
   *
   * @return whether nothing is at work any more
   */
  boolean close(long nanos) throws InterruptedException {
    threads.shutdown();
    if (threads.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
      return true;
    }
    threads.shutdownNow();
    return false;
  }
}
