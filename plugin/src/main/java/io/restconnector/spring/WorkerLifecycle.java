package io.restconnector.spring;

import io.restconnector.RestConnectorConfigurator;
import org.flowable.common.spring.SpringEngineConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Starts the worker when the application is ready, and stops it before the engine. A context that
 * no {@code SpringApplication} runs is ready when it has been refreshed.
 */
final class WorkerLifecycle implements SmartLifecycle, ApplicationListener<ApplicationEvent> {

  /** What every {@code SpringApplication} registers in the context that it runs. */
  private static final String OF_APPLICATION = "springApplicationArguments";

  private final RestConnectorConfigurator connector;
  private final ApplicationContext context;
  private boolean ready;
  private boolean running;

  WorkerLifecycle(RestConnectorConfigurator connector, ApplicationContext context) {
    this.connector = connector;
    this.context = context;
  }

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    if (event instanceof ApplicationReadyEvent
        || (event instanceof ContextRefreshedEvent refreshed
            && refreshed.getApplicationContext() == context
            && !context.containsLocalBean(OF_APPLICATION))) {
      becomeReady();
    }
  }

  private synchronized void becomeReady() {
    if (!ready) {
      ready = true;
      if (running) {
        connector.startWorker();
      }
    }
  }

  @Override
  public synchronized void start() {
    if (ready && !running) {
      connector.startWorker();
    }
    running = true;
  }

  @Override
  public void stop() {
    synchronized (this) {
      running = false;
    }
    connector.stopWorker();
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  /** As {@code SmartLifecycle} of Spring 7 has it, which Spring 6 lacks. */
  @SuppressWarnings("MissingOverride")
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return SpringEngineConfiguration.PHASE + SpringEngineConfiguration.PHASE_DELTA * 3;
  }
}
