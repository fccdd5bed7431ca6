package io.restconnector.spring;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.worker.RestWorker;
import org.flowable.common.spring.SpringEngineConfiguration;
import org.springframework.context.SmartLifecycle;

/** Stops the worker before the engine; the engine starts it. */
final class WorkerLifecycle implements SmartLifecycle {

  private final RestConnectorConfigurator connector;
  private volatile boolean running;

  WorkerLifecycle(RestConnectorConfigurator connector) {
    this.connector = connector;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    RestWorker worker = connector.worker();
    if (worker != null) {
      worker.close();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return SpringEngineConfiguration.PHASE + SpringEngineConfiguration.PHASE_DELTA * 3;
  }
}
