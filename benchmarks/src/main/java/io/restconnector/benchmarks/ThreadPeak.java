package io.restconnector.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How many more threads there are at most than at the beginning. */
final class ThreadPeak {

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final int before;

  ThreadPeak() {
    threads.resetPeakThreadCount();
    before = threads.getThreadCount();
  }

  int more() {
    return threads.getPeakThreadCount() - before;
  }
}
