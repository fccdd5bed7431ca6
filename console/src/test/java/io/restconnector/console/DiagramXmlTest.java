package io.restconnector.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DiagramXmlTest {

  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
        <b:process id="p">
          <b:documentation>s3cret-1</b:documentation>
          <b:serviceTask id="call" name="Größe &amp; &lt;b&gt;" flowable:expression="${x('s3cret-2')}">
            <b:extensionElements>
              <flowable:field name="requestHeaders">
                <flowable:string>{"Authorization": "Bearer s3cret-3"}</flowable:string>
              </flowable:field>
            </b:extensionElements>
          </b:serviceTask>
          <b:scriptTask id="script"><b:script>s3cret-4</b:script></b:scriptTask>
          <b:sequenceFlow id="f" sourceRef="call" targetRef="script">
            <b:conditionExpression>${token == 's3cret-5'}</b:conditionExpression>
          </b:sequenceFlow>
          <!-- s3cret-6 -->
          %s
        </b:process>
      </b:definitions>
      """;

  private static String drawn(String events) throws IOException {
    String model = MODEL.formatted(events);
    return new String(
        DiagramXml.of(new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8))),
        StandardCharsets.UTF_8);
  }

  @Test
  void whenAModelHoldsSecretsThenTheBrowserGetsNone() throws IOException {
    assertThat(drawn(""))
        .doesNotContain("s3cret", "field", "expression")
        .contains("name=\"Größe &amp; &lt;b&gt;\"", "sourceRef=\"call\"", "<b:scriptTask id=");
  }

  @Test
  void whenAnEventIsOfNoKindThenItIsDrawnAsAMessage() throws IOException {
    assertThat(
            drawn(
                "<b:intermediateCatchEvent id='e'><b:incoming>f</b:incoming>"
                    + "</b:intermediateCatchEvent><b:startEvent id='s'/>"
                    + "<b:boundaryEvent id='t'><b:timerEventDefinition/></b:boundaryEvent>"))
        .contains("</b:incoming><b:messageEventDefinition></b:messageEventDefinition></b:inter")
        .containsOnlyOnce("<b:messageEventDefinition>")
        .contains("<b:timerEventDefinition></b:timerEventDefinition></b:boundaryEvent>");
  }

  @Test
  void whenAModelRefersToAFileThenItIsNotRead() {
    String model =
        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><d name=\"a\">&x;</d>";

    assertThatThrownBy(
            () -> DiagramXml.of(new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(ConsoleException.class)
        .hasMessage("The BPMN of this process cannot be read.");
  }
}
