package io.restconnector.webhook.internal.early;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import io.restconnector.webhook.internal.early.BegunWaits.BegunWait;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that search for early events. What finds no place here is found by the sweep. */
final class SearchThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SearchThreads.class);

  /** What follows a delivery runs on them, and may take its time. */
  private static final int THREADS = 4;

  private static final int LONGEST_QUEUE = 10_000;
  private static final int REPETITIONS = 12;
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final long SECONDS_FOR_LAST = 5;

  private final Transactions transactions;
  private final EarlyDelivery delivery;
  private final Predicate<Awaited> isExpected;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Starts no thread yet.
   *
   * @param isExpected whether events may be kept that wait for this
   */
  SearchThreads(Transactions transactions, EarlyDelivery delivery, Predicate<Awaited> isExpected) {
    this.transactions = transactions;
    this.delivery = delivery;
    this.isExpected = isExpected;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LONGEST_QUEUE),
            new DefaultThreadFactory("rest-connector-early", true));
    threads.allowCoreThreadTimeOut(true);
    timer =
        new ScheduledThreadPoolExecutor(
            1, new DefaultThreadFactory("rest-connector-early-timer", true));
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** First after a second. */
  void repeat(Runnable work, long seconds) {
    timer.scheduleWithFixedDelay(work, 1, seconds, TimeUnit.SECONDS);
  }

  /** Whether nothing waits for a thread. */
  boolean isIdle() {
    return threads.getQueue().isEmpty();
  }

  /** For an event whose time has come, or that may be the next of its correlation. */
  void search(Awaited awaited) {
    submit(awaited, null, false, 0);
  }

  /** For what has begun to wait. Without events that may be for it, no thread is woken. */
  void search(BegunWait begun) {
    if (isExpected.test(begun.awaited())) {
      submit(begun.awaited(), begun.processInstanceId(), true, 0);
    }
  }

  private void submit(Awaited awaited, @Nullable String instanceId, boolean isNew, int repetition) {
    try {
      threads.execute(() -> search(awaited, instanceId, isNew, repetition));
    } catch (RejectedExecutionException full) {
      LOG.debug("A search for early events is left to the sweep");
    }
  }

  private void search(Awaited awaited, @Nullable String instanceId, boolean isNew, int repetition) {
    boolean isToBeRepeated = true;
    try {
      isToBeRepeated =
          isExpected.test(awaited)
              && new EventSearch(transactions, delivery, exact(awaited, instanceId), isNew)
                  .isToBeRepeated();
    } catch (RuntimeException failed) {
      LOG.debug("A search for early events has failed", LoggedFailure.of(failed));
    }
    if (isToBeRepeated && repetition < REPETITIONS) {
      try {
        timer.schedule(
            () -> submit(awaited, instanceId, isNew, repetition + 1),
            Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << repetition),
            TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closed) {
        LOG.debug("A search for early events is left to other nodes");
      }
    }
  }

  /** With the business key by which messages come. */
  private Awaited exact(Awaited awaited, @Nullable String instanceId) {
    if (awaited.kind() != Kind.MESSAGE || instanceId == null) {
      return awaited;
    }
    String key = transactions.run(() -> EarlyEventTable.businessKey(instanceId));
    // No message comes with an empty key.
    return new Awaited(awaited.kind(), awaited.name(), Objects.requireNonNullElse(key, ""));
  }

  /** Lets deliveries end that have begun. */
  @Override
  public void close() {
    timer.shutdown();
    threads.getQueue().clear();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(SECONDS_FOR_LAST, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
      timer.awaitTermination(SECONDS_FOR_LAST, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
