package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.PlainEngines;
import io.restconnector.spi.CallSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.BpmnError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutingEngineTest {

  /** What expressions call. */
  @SuppressWarnings("DoNotCallSuggester") // only expressions do
  public static final class Bean implements Serializable {
    private static final long serialVersionUID = 1;

    public String raise(String code) {
      throw new BpmnError(code);
    }

    public String fail() {
      throw new UnsupportedOperationException("of the application");
    }
  }

  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  @Test
  void whenAnExpressionIsEvaluatedThenItsFailureTellsWhoseFaultItIs() {
    engine.in(
        "",
        Map.of("a", 5, "bean", new Bean()),
        execution -> {
          assertThat(ExecutingEngine.evaluate("${a + 1}", execution)).isEqualTo(6L);
          assertThat(ExecutingEngine.evaluate("${null}", execution)).isNull();
          assertThatExceptionOfType(UnusableExpressionException.class)
              .isThrownBy(() -> ExecutingEngine.evaluate("${none.b}", execution));
          assertThatExceptionOfType(UnusableExpressionException.class)
              .isThrownBy(() -> ExecutingEngine.evaluate("${a +}", execution));
          assertThatExceptionOfType(BpmnError.class)
              .isThrownBy(() -> ExecutingEngine.evaluate("${bean.raise('MINE')}", execution))
              .extracting(BpmnError::getErrorCode)
              .isEqualTo("MINE");
          assertThatThrownBy(() -> ExecutingEngine.evaluate("${bean.fail()}", execution))
              .isNotInstanceOf(UnusableExpressionException.class)
              .hasStackTraceContaining("of the application");
        });
  }

  @Test
  void whenNoVariableCanHoldAValueThenItIsRefusedByItsType() {
    engine.in(
        "",
        Map.of(),
        execution -> {
          assertThat(ExecutingEngine.storable("x")).isEqualTo("x");
          assertThat(ExecutingEngine.storable(null)).isNull();
          assertThatIllegalArgumentException()
              .isThrownBy(() -> ExecutingEngine.storable(new Object()))
              .withMessage("of type java.lang.Object, which no variable can hold");
        });
  }

  @Test
  void whenAnExecutionIsInATaskThenItsSourceSaysWhere() {
    List<CallSource> sources = new ArrayList<>();
    engine.in(
        "",
        Map.of(),
        execution -> {
          CallSource source = ExecutingEngine.source(CallSource.Kind.WORKER, execution);
          sources.add(source);
          assertThat(source.kind()).isEqualTo(CallSource.Kind.WORKER);
          assertThat(source.processDefinitionId()).isEqualTo(execution.getProcessDefinitionId());
          assertThat(source.processInstanceId()).isEqualTo(execution.getProcessInstanceId());
          assertThat(source.activityId()).isEqualTo("call");
          assertThat(source.tenantId()).isNull();
        });
    assertThat(sources).hasSize(1);
  }

  @Test
  void whenNoCommandExecutesATaskThenThereIsNoSource() {
    engine.in(
        "",
        Map.of(),
        execution ->
            assertThat(ExecutingEngine.sourceOfOnly(ExternalWorkerServiceTask.class)).isNull());
    assertThat(ExecutingEngine.sourceOfOnly(ExternalWorkerServiceTask.class)).isNull();
  }

  @Test
  void whenACommandEndsThenWhatWaitsForItRunsThoughItFails() {
    List<String> ran = new ArrayList<>();
    engine.in(
        "",
        Map.of(),
        execution -> {
          ExecutingEngine.atEndOfTransaction(() -> ran.add("committed"));
          ExecutingEngine.atEndOfTransaction(() -> ran.add("too"));
          assertThat(ran).isEmpty();
        });
    assertThat(ran).containsExactly("committed", "too");

    assertThatThrownBy(
            () ->
                engine.in(
                    "",
                    new HashMap<>(),
                    execution -> {
                      ExecutingEngine.atEndOfTransaction(() -> ran.add("rolled back"));
                      throw new IllegalStateException("fails");
                    }))
        .hasStackTraceContaining("fails");
    assertThat(ran).endsWith("rolled back");
  }

  @Test
  void whenTheEngineHasNoConnectorThenThatIsSaid() {
    engine.in("", Map.of(), execution -> assertThat(ExecutingEngine.calls()).isNotNull());

    ProcessEngine without = PlainEngines.unchecked(engine.engine.engine);
    try {
      assertThatExceptionOfType(FlowableException.class)
          .isThrownBy(
              () ->
                  without.getManagementService().executeCommand(context -> ExecutingEngine.calls()))
          .withMessageStartingWith("This engine has no REST connector");
    } finally {
      without.close();
    }
  }
}
