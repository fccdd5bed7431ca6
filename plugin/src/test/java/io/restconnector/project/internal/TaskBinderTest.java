package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tags of a BPMN file get a delegate, and that nothing else changes. */
class TaskBinderTest {

  private static final String ADDED =
      " xmlns:rest-connector=\"http://flowable.org/bpmn\""
          + " rest-connector:delegateExpression=\"${restGet}\"";

  private static final Bindings TASKS =
      new Bindings(
          Map.of(
              "p",
              Map.of(
                  "call",
                  new MappedTask(
                      RestAction.GET, ActivityMapping.NONE, Map.of(), Map.of(), List.of()))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<serviceTask# id=\"call\"/>",
        "<bpmn2:serviceTask# id='call'></bpmn2:serviceTask>",
        "<a:serviceTask#\n  name=\"a > b\" implementation=\"x.GET\"\n\tid = \"call\" >x</a:serviceTask>",
        "<!-- ' --><serviceTask# id=\"call\"/>",
        "<x a='<'/><serviceTask# id=\"call\"/>",
        "<serviceTask id=\"other\"/>",
        "<serviceTask activiti:id=\"call\"/>",
        "<serviceTask name=\"x id='call'\" id=\"other\"/>",
        "<serviceTasks id=\"call\"/>",
        "<userTask id=\"call\"/>",
        "<!-- <serviceTask id=\"call\"/> -->",
        "<![CDATA[<serviceTask id=\"call\"/>]]>",
        "<?x <serviceTask id=\"call\"/>?>",
        "</serviceTask><serviceTask/>",
        "</process><bpmn:process name='a > b'\n id = 'q'><serviceTask id=\"call\"/>",
        "<serviceTask# id=\"call\"/><!-- <process id='q'> --><serviceTask# id=\"call\"/>",
        "<processRef id='q'/><ioProcess id='q'/><serviceTask# id=\"call\"/>",
      })
  void whenAFileIsBoundThenOnlyItsTasksChange(String xml) {
    String process = "<serviceTask id=\"call\"/><process id=\"p\">" + xml;

    assertThat(TaskBinder.bind(process.replace("#", ""), TASKS))
        .isEqualTo(process.replace("#", ADDED));
  }
}
