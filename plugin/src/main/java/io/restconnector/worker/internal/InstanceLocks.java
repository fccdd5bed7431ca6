package io.restconnector.worker.internal;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the async executor and other nodes off process instances during a transaction. */
record InstanceLocks(JobStore store) {

  private static final Logger LOG = LoggerFactory.getLogger(InstanceLocks.class);

  /**
   * With the instances locked, which the transaction unlocks.
   *
   * @param left those that it has not completed
   */
  <T> T whileLocked(List<Job> jobs, Supplier<T> transaction, Function<T, List<Job>> left) {
    store.lockInstances(jobs);
    List<Job> locked = jobs;
    try {
      T result = transaction.get();
      locked = left.apply(result);
      return result;
    } finally {
      unlock(locked);
    }
  }

  private void unlock(List<Job> jobs) {
    try {
      if (!jobs.isEmpty()) {
        store.unlockInstances(jobs);
      }
    } catch (RuntimeException unreachable) {
      LOG.debug("{}: the instance stays locked for a while", jobs.get(0).description());
    }
  }
}
