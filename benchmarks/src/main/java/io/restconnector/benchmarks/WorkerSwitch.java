package io.restconnector.benchmarks;

import org.flowable.job.service.impl.asyncexecutor.DefaultAsyncJobExecutor;

/** Is active when it is told so: only then the worker takes jobs. It runs none itself. */
final class WorkerSwitch extends DefaultAsyncJobExecutor {

  private volatile boolean isOn;

  void set(boolean value) {
    isOn = value;
  }

  @Override
  public boolean isActive() {
    return isOn;
  }
}
