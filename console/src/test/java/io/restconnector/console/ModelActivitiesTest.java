package io.restconnector.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.flowable.bpmn.converter.BpmnXMLConverter;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.common.engine.impl.util.io.BytesStreamSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelActivitiesTest {

  @ParameterizedTest
  @CsvSource({
    "flowable:delegateExpression='${restGet}', GET",
    "flowable:delegateExpression='#{ restPatch }', PATCH",
    "flowable:class='io.restconnector.call.DeleteDelegate', DELETE",
    "flowable:type='external-worker' flowable:topic='restTrace', TRACE",
    "flowable:delegateExpression='${restart}',",
    "flowable:delegateExpression='${restoreGet}',",
    "flowable:delegateExpression='${restClient}',",
    "flowable:class='com.example.GetDelegate',",
    "flowable:type='external-worker' flowable:topic='restget',",
    "flowable:expression='${restGet.toString()}',",
  })
  void whenATaskIsOfTheConnectorThenItsMethodIsKnown(String binding, String method) {
    ModelActivities model = model("<serviceTask id='t' name=' ' " + binding + "/>");

    assertThat(model.all()).containsExactly(new ModelActivities.Activity("t", "t", method));
  }

  @Test
  void whenThereAreSubProcessesThenTheirActivitiesAreThereToo() {
    ModelActivities model =
        model(
            "<startEvent id='s'/><subProcess id='sub'><userTask id='u' name='Look'/>"
                + "</subProcess><exclusiveGateway id='g'/>");

    assertThat(model.all())
        .extracting(ModelActivities.Activity::id)
        .containsExactlyInAnyOrder("s", "sub", "u");
    assertThat(model.hasDiagram()).isFalse();
  }

  private static ModelActivities model(String content) {
    String xml =
        """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
          <process id="p">%s</process>
        </definitions>
        """
            .formatted(content);
    BpmnModel model =
        new BpmnXMLConverter()
            .convertToBpmnModel(
                new BytesStreamSource(xml.getBytes(StandardCharsets.UTF_8)), false, false);
    return new ModelActivities(model);
  }
}
