package io.restconnector.http.internal.share;

import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Time that passes when a test says so. What is executed is run by {@link #passTo}. */
final class ManualTimer extends ScheduledThreadPoolExecutor {

  private record Task(long due, long number, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final LongSupplier lateness;
  private long now;
  private long number;

  /**
   * @param lateness nanoseconds by which the next scheduled task is late
   */
  ManualTimer(LongSupplier lateness) {
    super(1);
    this.lateness = lateness;
    shutdown(); // it has no thread
  }

  long now() {
    return now;
  }

  void passTo(long time) {
    for (Task next = tasks.peek(); next != null && next.due <= time; next = tasks.peek()) {
      tasks.remove();
      now = Math.max(now, next.due);
      next.action.run();
    }
    now = Math.max(now, time);
  }

  /** Nothing runs until then. */
  void standStill(long until) {
    now = until;
  }

  @Override
  public void execute(Runnable action) {
    tasks.add(new Task(now, number++, action));
  }

  @Override
  @SuppressWarnings("NullAway") // nobody asks for it
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    tasks.add(new Task(now + unit.toNanos(delay) + lateness.getAsLong(), number++, action));
    return null;
  }
}
