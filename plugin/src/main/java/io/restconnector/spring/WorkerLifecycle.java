package io.restconnector.spring;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.worker.RestWorker;
import org.flowable.common.spring.SpringEngineConfiguration;
import org.springframework.context.SmartLifecycle;

/** Stops the worker before the engine; the engine starts the first one. */
final class WorkerLifecycle implements SmartLifecycle {

  private final RestConnectorConfigurator connector;
  private volatile boolean running;
  private boolean stopped;

  WorkerLifecycle(RestConnectorConfigurator connector) {
    this.connector = connector;
  }

  @Override
  public void start() {
    if (stopped) {
      connector.startWorker();
    }
    stopped = false;
    running = true;
  }

  @Override
  public void stop() {
    RestWorker worker = connector.worker();
    if (worker != null) {
      worker.close();
    }
    stopped = true;
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
