package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flowable.bpmn.model.ExtensionAttribute;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.IOParameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskParametersTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "a, -, restUrl",
        "-, ${a}, restUrl",
        "'', -, restUrl",
      })
  void whenAnInParameterHasSourceAndTargetThenItIsTaken(
      @Nullable String source, @Nullable String expression, String target) {
    TaskParameters parameters =
        new TaskParameters(List.of(parameter(source, expression, target)), List.of());

    assertThatCode(() -> parameters.check(RestAction.GET)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "in | a | - | - | flowable:in has no target",
        "in | a | - | ` ` | flowable:in has no target",
        "in | - | - | restUrl | target 'restUrl' has neither source nor sourceExpression",
        "in | - | ` ` | restUrl | target 'restUrl' has neither source nor sourceExpression",
        "in | a | - | restUrI | wanted restUrl",
        "out | restStatus | - | - | flowable:out has no target",
        "out | restState | - | status | restState is a source of flowable:out",
      })
  void whenAParameterCannotWorkThenItIsRefusedBeforeTheCall(
      String kind,
      @Nullable String source,
      @Nullable String expression,
      @Nullable String target,
      String said) {
    List<IOParameter> given = List.of(parameter(source, expression, target));
    TaskParameters parameters =
        kind.equals("in")
            ? new TaskParameters(given, List.of())
            : new TaskParameters(List.of(), given);

    assertThatThrownBy(() -> parameters.check(RestAction.GET))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(said);
  }

  @Test
  void whenATaskHasParametersInBothWaysThenBothAreRead() {
    ExternalWorkerServiceTask task = new ExternalWorkerServiceTask();
    task.setInParameters(List.of(parameter("parsed", null, "restUrl")));
    ExtensionElement element = new ExtensionElement();
    element.setName("in");
    attribute(element, "source", "kept");
    attribute(element, "target", "timeout");
    task.addExtensionElement(element);

    TaskParameters read = TaskParameters.of(task);

    assertThat(read.in()).extracting(IOParameter::getSource).containsExactly("parsed", "kept");
    assertThat(read.in()).extracting(IOParameter::getTarget).containsExactly("restUrl", "timeout");
    assertThat(read.out()).isEmpty();
  }

  private static void attribute(ExtensionElement element, String name, String value) {
    ExtensionAttribute attribute = new ExtensionAttribute(name);
    attribute.setValue(value);
    element.addAttribute(attribute);
  }

  @SuppressWarnings("NullAway") // an attribute that is not there
  private static IOParameter parameter(
      @Nullable String source, @Nullable String expression, @Nullable String target) {
    IOParameter parameter = new IOParameter();
    parameter.setSource(source);
    parameter.setSourceExpression(expression);
    parameter.setTarget(target);
    return parameter;
  }
}
