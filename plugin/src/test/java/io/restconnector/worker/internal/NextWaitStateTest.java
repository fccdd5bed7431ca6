package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.Bpmn;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.flowable.bpmn.converter.BpmnXMLConverter;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.FlowNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a call and the next wait state. */
class NextWaitStateTest {

  private static final String LISTENER =
      "<extensionElements><flowable:executionListener event=\"start\" class=\"x\"/>"
          + "</extensionElements>";

  /** {@code a>b} is a flow; the rest are elements. */
  private static boolean isShort(String elements) {
    String xml =
        elements
            .replaceAll("(\\w+)>(\\w+);", "<sequenceFlow id='$1$2' sourceRef='$1' targetRef='$2'/>")
            .replace("LISTENER", LISTENER)
            .replace('\'', '"');
    BpmnModel model =
        new BpmnXMLConverter()
            .convertToBpmnModel(
                () ->
                    new ByteArrayInputStream(
                        Bpmn.process("p", xml).getBytes(StandardCharsets.UTF_8)),
                false,
                false);
    return NextWaitState.isShort((FlowNode) model.getMainProcess().getFlowElement("call", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<serviceTask id='call'/>call>t;<userTask id='t'/>",
        "<serviceTask id='call'/>call>t;<receiveTask id='t'/>",
        "<serviceTask id='call'/>call>e;<endEvent id='e'/>",
        "<serviceTask id='call'/>",
        "<serviceTask id='call'/>call>g;<exclusiveGateway id='g'/>g>t;<userTask id='t'/>g>e;<endEvent id='e'/>",
        "<serviceTask id='call'/>call>g;<parallelGateway id='g'/>g>g2;<parallelGateway id='g2'/>g2>g;",
        "<serviceTask id='call'/>call>s;<scriptTask id='s' flowable:async='true'/>",
        "<serviceTask id='call'/>call>n;<serviceTask id='n' flowable:type='external-worker' flowable:topic='restGet'/>",
        "<subProcess id='sub'><serviceTask id='call'/>call>e;<endEvent id='e'/></subProcess>sub>t;<userTask id='t'/>"
      })
  void whenOnlyEventsAndGatewaysFollowThenItIsShort(String elements) {
    assertThat(isShort(elements)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<serviceTask id='call'/>call>d;<serviceTask id='d' flowable:class='x'/>",
        "<serviceTask id='call'/>call>s;<scriptTask id='s'/>",
        "<serviceTask id='call'>LISTENER</serviceTask>call>t;<userTask id='t'/>",
        "<serviceTask id='call'/>call>t;<userTask id='t'>LISTENER</userTask>",
        "<serviceTask id='call'/><sequenceFlow id='f' sourceRef='call' targetRef='t'>LISTENER</sequenceFlow><userTask id='t'/>",
        "<serviceTask id='call'/>call>t;<userTask id='t'><extensionElements><flowable:taskListener event='create' class='x'/></extensionElements></userTask>",
        "<serviceTask id='call'/>call>g;<exclusiveGateway id='g'/>g>t;<userTask id='t'/>g>s;<scriptTask id='s'/>",
        "<serviceTask id='call'/>call>e;<endEvent id='e'><errorEventDefinition/></endEvent>",
        "<serviceTask id='call'/>call>c;<callActivity id='c' calledElement='x'/>",
        "<serviceTask id='call'/>call>sub;<subProcess id='sub'><startEvent id='st'/></subProcess>",
        "<serviceTask id='call' isForCompensation='true'/>",
        "<subProcess id='sub'>LISTENER<serviceTask id='call'/></subProcess>sub>t;<userTask id='t'/>",
        "<subProcess id='sub'><serviceTask id='call'/></subProcess>sub>s;<scriptTask id='s'/>"
      })
  void whenWorkFollowsThatMayTakeLongThenItIsNotShort(String elements) {
    assertThat(isShort(elements)).isFalse();
  }
}
