package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RequestReader;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.model.Finding;
import java.util.ArrayList;
import java.util.List;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.MessageEventDefinition;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.SubProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessCheckTest {

  private final List<String> parsed = new ArrayList<>();
  private final BpmnModel model = new BpmnModel();
  private final Process process = new Process();

  ProcessCheckTest() {
    process.setId("p");
    model.addProcess(process);
  }

  private static ServiceTask task(String bean, String... fields) {
    ServiceTask task = new ServiceTask();
    task.setId("call");
    task.setImplementationType("delegateExpression");
    task.setImplementation("${" + bean + "}");
    for (String text : fields) {
      FieldExtension field = new FieldExtension();
      field.setFieldName(text.substring(0, text.indexOf('=')));
      field.setExpression(text.substring(text.indexOf('=') + 1));
      task.getFieldExtensions().add(field);
    }
    return task;
  }

  private List<String> check(boolean checksRestCalls, @Nullable AccessSettings access) {
    return new ProcessCheck(
            new RequestReader(HttpSettings.defaults()), access, parsed::add, checksRestCalls)
        .check(model).stream().map(Finding::toString).toList();
  }

  private List<String> check() {
    return check(true, AccessSettings.defaults());
  }

  @Test
  void whenATaskOfASubProcessIsWrongThenItIsFoundUnlessTheProcessDoesNotRun() {
    SubProcess inner = new SubProcess();
    inner.addFlowElement(task("restGet", "timeout=x"));
    process.addFlowElement(inner);

    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("error: process 'p', activity 'call': timeout is a String");

    process.setExecutable(false);
    assertThat(check()).isEmpty();
  }

  @Test
  void whenATaskIsNotOursThenItIsNotLookedAt() {
    process.addFlowElement(task("other", "timeout=x"));

    assertThat(check()).isEmpty();
  }

  @Test
  void whenABindingIsNearlyRightThenItsAttributeAndItsFieldsAreFound() {
    process.addFlowElement(task("restget", "timeout=x"));

    assertThat(check())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(
                        "error: process 'p', activity 'call': flowable:delegateExpression is"),
            second -> assertThat(second).contains("timeout is a String"));
  }

  @Test
  void whenACredentialIsALiteralThenThatIsAWarning() {
    process.addFlowElement(task("restGet", "requestHeaders={\"Cookie\":\"x\"}"));

    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("warning: process 'p', activity 'call': requestHeaders has 'Cookie'");
  }

  @Test
  void whenRestCallTasksAreOursThenTheyAreCheckedToo() {
    process.addFlowElement(
        task(
            "activiti_restCallDelegate",
            "restUrl=https://h",
            "httpMethod=x",
            "requestMappingJSONTemplate={\"a\":1}"));
    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("error: process 'p', activity 'call': httpMethod is another String");

    process.removeFlowElement("call");
    process.addFlowElement(
        task("activiti_restCallDelegate", "restUrl=https://h", "requestMappingJSONTemplate={}"));
    assertThat(check()).singleElement().asString().startsWith("warning: process 'p'");
    assertThat(check(false, null)).isEmpty();
  }

  @Test
  void whenNobodyKnowsTheNodeThenItsAuthenticationsAreNotMissing() {
    process.addFlowElement(task("restGet", "authentication=crm"));

    assertThat(check()).hasSize(1);
    assertThat(check(true, null)).isEmpty();
  }

  @Test
  void whenTasksHaveAnExpressionInCommonThenItIsParsedOnce() {
    process.addFlowElement(task("restGet", "restUrl=${a}", "timeout=${b}"));
    ServiceTask other = task("restPost", "restUrl=${a}");
    other.setId("other");
    process.addFlowElement(other);

    assertThat(check()).isEmpty();
    assertThat(parsed).containsExactlyInAnyOrder("${a}", "${b}");
  }

  private void addEvent(ServiceTask task, @Nullable String code) {
    BoundaryEvent event = new BoundaryEvent();
    event.setId("caught");
    if (code != null) {
      ErrorEventDefinition error = new ErrorEventDefinition();
      error.setErrorCode(code.equals("none") ? null : code);
      event.addEventDefinition(error);
    }
    task.getBoundaryEvents().add(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"restGet", "activiti_restCallDelegate"})
  void whenAnEventWaitsForACodeThatIsNeverRaisedThenThatIsAWarning(String bean) {
    ServiceTask task = task(bean, "restUrl=https://h");
    addEvent(task, "NOTFOUND");
    process.addFlowElement(task);

    assertThat(check())
        .containsExactly(
            "warning: process 'p', activity 'call', boundary event 'caught': it catches the error"
                + " code 'NOTFOUND', which no REST task raises, wanted one of docs/errors.md");
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND", "${code}", "' '", "none", "ref"})
  void whenAnEventWaitsForWhatMayComeThenNothingIsSaid(String code) {
    model.addError("ref", "CONFLICT");
    ServiceTask task = task("restGet", "restUrl=https://h");
    addEvent(task, code);
    addEvent(task, null);
    process.addFlowElement(task);

    assertThat(check()).isEmpty();
  }

  @Test
  void whenAnEventRefersToAnErrorThenItsCodeIsLookedAt() {
    model.addError("CONFLICT", "mine");
    ServiceTask task = task("restGet", "restUrl=https://h");
    addEvent(task, "CONFLICT");
    BoundaryEvent message = new BoundaryEvent();
    message.addEventDefinition(new MessageEventDefinition());
    task.getBoundaryEvents().add(message);
    process.addFlowElement(task);

    assertThat(check()).singleElement().asString().contains("the error code 'mine'");
  }
}
