package io.restconnector.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/** What all threads have allocated that live, but for those of the servers. */
final class AllocatedBytes {

  private AllocatedBytes() {}

  static long now() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.getAllThreadIds();
    ThreadInfo[] infos = threads.getThreadInfo(ids);
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    long sum = 0;
    for (int i = 0; i < ids.length; i++) {
      ThreadInfo info = infos[i];
      if (info != null && bytes[i] > 0 && !info.getThreadName().startsWith("loopback-server")) {
        sum += bytes[i];
      }
    }
    return sum;
  }
}
