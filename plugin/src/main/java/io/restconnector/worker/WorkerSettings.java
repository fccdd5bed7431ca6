package io.restconnector.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the external worker. A null component stands for its default, as a binder leaves what
 * is not configured.
 *
 * @param enabled whether this engine works on the jobs of the connector's topics; null, the
 *     default, stands for: as long as the engine's async executor is active
 * @param maxInFlight calls that one engine has taken and not yet completed; default 1000
 * @param lockDuration how long a job of a node that died stays with that node; default 60 s
 * @param pollInterval between two looks for jobs that another node created or left; default 1 s
 * @param drainTimeout how long closing may take in all: calls in flight may end within the first
 *     four fifths of it; default 10 s
 */
public record WorkerSettings(
    @Nullable Boolean enabled,
    Integer maxInFlight,
    Duration lockDuration,
    Duration pollInterval,
    Duration drainTimeout) {

  private static final Duration MAX_DRAIN = Duration.ofHours(24);

  public WorkerSettings {
    maxInFlight = maxInFlight == null ? Integer.valueOf(1000) : maxInFlight;
    lockDuration = lockDuration == null ? Duration.ofSeconds(60) : lockDuration;
    pollInterval = pollInterval == null ? Duration.ofSeconds(1) : pollInterval;
    drainTimeout = drainTimeout == null ? Duration.ofSeconds(10) : drainTimeout;
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("worker.max-in-flight is out of range, wanted 1 or more");
    }
    if (lockDuration.toMillis() < 100) {
      throw new IllegalArgumentException(
          "worker.lock-duration is out of range, wanted 100 ms or more");
    }
    if (pollInterval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "worker.poll-interval is out of range, wanted 1 ms or more");
    }
    if (drainTimeout.isNegative() || drainTimeout.compareTo(MAX_DRAIN) > 0) {
      throw new IllegalArgumentException(
          "worker.drain-timeout is " + drainTimeout + ", wanted 0 to 24 h");
    }
  }

  /** Every setting at its default. */
  @SuppressWarnings("NullAway") // null stands for the default
  public static WorkerSettings defaults() {
    return new WorkerSettings(null, null, null, null, null);
  }

  public WorkerSettings withEnabled(boolean value) {
    return new WorkerSettings(value, maxInFlight, lockDuration, pollInterval, drainTimeout);
  }

  public WorkerSettings withMaxInFlight(int value) {
    return new WorkerSettings(enabled, value, lockDuration, pollInterval, drainTimeout);
  }

  public WorkerSettings withLockDuration(Duration value) {
    return new WorkerSettings(enabled, maxInFlight, value, pollInterval, drainTimeout);
  }

  public WorkerSettings withPollInterval(Duration value) {
    return new WorkerSettings(enabled, maxInFlight, lockDuration, value, drainTimeout);
  }

  public WorkerSettings withDrainTimeout(Duration value) {
    return new WorkerSettings(enabled, maxInFlight, lockDuration, pollInterval, value);
  }
}
