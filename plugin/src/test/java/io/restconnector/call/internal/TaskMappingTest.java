package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskMappingTest {

  private static final class Fixed implements TaskMapping {
    @Override
    public Inputs.@Nullable Input find(String name, DelegateExecution execution) {
      return null;
    }

    @Override
    public List<OutputWriter.Output> outputs() {
      return List.of();
    }
  }

  @Test
  void whenATaskHasNoMappingThenThereIsNone() {
    ServiceTask task = new ServiceTask();
    ExtensionElement other = new ExtensionElement();
    other.setName("restConnectorMapping");
    task.addExtensionElement(other);

    assertThat(TaskMapping.of(null)).isNull();
    assertThat(TaskMapping.of(new ServiceTask())).isNull();
    assertThat(TaskMapping.of(task)).isNull();
  }

  @Test
  void whenAMappingIsAddedThenItIsTheOnlyOneAndEveryCopyHasIt() {
    ServiceTask task = new ServiceTask();
    Fixed second = new Fixed();
    TaskMapping.add(task, new Fixed());
    TaskMapping.add(task, second);

    assertThat(TaskMapping.of(task)).isSameAs(second);
    assertThat(TaskMapping.of(task.clone())).isSameAs(second);
    assertThat(task.getExtensionElements().get("restConnectorMapping")).hasSize(1);
  }
}
