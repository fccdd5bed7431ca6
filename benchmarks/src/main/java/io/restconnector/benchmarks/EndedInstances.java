package io.restconnector.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** Counts ended instances after their commit. */
final class EndedInstances implements FlowableEventListener {

  private final Semaphore ended = new Semaphore(0);

  void install(ProcessEngineConfigurationImpl configuration) {
    configuration.setTypedEventListeners(
        Map.of(FlowableEngineEventType.PROCESS_COMPLETED.name(), List.of(this)));
  }

  void forget() {
    ended.drainPermits();
  }

  void await(int instances) throws InterruptedException {
    if (!ended.tryAcquire(instances, 2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Not all instances have ended");
    }
  }

  @Override
  public void onEvent(FlowableEvent event) {
    ended.release();
  }

  @Override
  public boolean isFailOnException() {
    return false;
  }

  @Override
  public boolean isFireOnTransactionLifecycleEvent() {
    return true;
  }

  @Override
  public String getOnTransaction() {
    return "COMMITTED";
  }
}
