package io.restconnector.spring;

import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls of external-worker tasks.
 *
 * @param enabled Whether this node makes the calls of external-worker tasks. Without it, as long as
 *     the engine's async executor is active.
 * @param maxInFlight Calls of external-worker tasks that one node has taken and not yet completed.
 * @param lockDuration Time after which another node makes the calls of a node that died.
 * @param pollInterval Time between two looks for jobs that other nodes created or left.
 * @param drainTimeout Longest time that closing takes, calls in flight and all.
 */
record WorkerProperties(
    @Nullable Boolean enabled,
    @DefaultValue("1000") int maxInFlight,
    @DefaultValue("60s") Duration lockDuration,
    @DefaultValue("1s") Duration pollInterval,
    @DefaultValue("10s") Duration drainTimeout) {

  WorkerSettings toSettings() {
    return new WorkerSettings(enabled, maxInFlight, lockDuration, pollInterval, drainTimeout);
  }
}
