package io.restconnector;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.PlainEngines;
import io.restconnector.internal.EngineParts;
import io.restconnector.internal.Tracing;
import io.restconnector.worker.WorkerSettings;
import io.restconnector.worker.internal.RestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** When there is a worker, and that there is never more than one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineWorkerTest {

  private final List<RestWorker> made = new ArrayList<>();
  private EngineWorker worker = new EngineWorker();
  private RunningConnector connector;
  private ProcessEngine engine;

  @BeforeAll
  void startEngine() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    engine = configuration.buildProcessEngine();
    connector = Objects.requireNonNull(EngineParts.find(configuration, RunningConnector.class));
  }

  @AfterAll
  void closeEngine() {
    engine.close();
  }

  @AfterEach
  void forget() {
    made.forEach(RestWorker::close);
    made.clear();
    worker = new EngineWorker();
  }

  private RestWorker worker(boolean enabled) {
    RestWorker next =
        new RestWorker(
            connector.engine(),
            Objects.requireNonNull(connector.calls()),
            connector.settings().http(),
            WorkerSettings.defaults().withEnabled(enabled),
            Tracing.OFF);
    made.add(next);
    return next;
  }

  private void build() {
    worker.engineBuilt(() -> worker(true));
  }

  @Test
  void whenNobodyWaitsThenTheWorkerStartsWithTheEngine() {
    assertThat(worker.state()).isEqualTo("none");
    assertThat(worker.current()).isNull();
    build();

    assertThat(worker.current()).isSameAs(made.get(0));
    assertThat(worker.state()).isEqualTo("on");
  }

  @Test
  void whenTheApplicationIsToBeReadyFirstThenTheWorkerWaitsForIt() {
    worker.letWait();
    build();
    assertThat(worker.state()).isEqualTo("waits for the application");
    assertThat(made).isEmpty();

    worker.start();
    assertThat(worker.state()).isEqualTo("on");
    assertThat(made).hasSize(1);
  }

  @Test
  void whenTheApplicationIsReadyBeforeTheEngineThenTheWorkerStartsWithTheEngine() {
    worker.letWait();
    worker.start();
    assertThat(worker.state()).isEqualTo("none");
    build();

    assertThat(worker.state()).isEqualTo("on");
  }

  @Test
  void whenAnotherIsStartedThenTheOneBeforeIsClosed() {
    build();
    worker.start();

    assertThat(made).extracting(each -> each.status().takesJobs()).containsExactly(false, true);
    assertThat(worker.current()).isSameAs(made.get(1));
  }

  @Test
  void whenTheSettingsSwitchItOffThenItIsOff() {
    worker.engineBuilt(() -> worker(false));

    assertThat(worker.state()).isEqualTo("off");
  }

  @Test
  void whenTheEngineIsClosedThenTheWorkerIsTooAndNoOtherStarts() {
    build();
    worker.close();
    worker.start();

    assertThat(worker.state()).isEqualTo("off");
    assertThat(made).hasSize(1);
  }
}
