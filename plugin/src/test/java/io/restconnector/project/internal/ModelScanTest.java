package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.Bpmn;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelScanTest {

  private final Faults faults = new Faults();

  private ModelScan scan(String xml) {
    return ModelScan.of(
        new ProjectFiles(Map.of(), Map.of("p.bpmn", xml.getBytes(StandardCharsets.UTF_8))), faults);
  }

  private ModelScan process(String elements) {
    return scan(Bpmn.process("p", elements));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<serviceTask id='a' implementation=' orders.GET '/>",
        "<subProcess id='s'><serviceTask id='a' implementation='orders.GET'/></subProcess>",
        "<serviceTask id='a' implementation='orders.GET' flowable:async='true' class='x'/>",
      })
  void whenATaskNamesItsImplementationThenItIsOneOfTheProject(String elements) {
    ModelScan scan = process(elements);

    assertThat(scan.tasks())
        .containsExactly(new ModelScan.Task(new Place("p.bpmn", "p", "a"), "p", "a", "orders.GET"));
    assertThat(scan.processes()).containsExactly("p");
    assertThat(faults.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<serviceTask id='a'/>",
        "<serviceTask id='a' implementation=' '/>",
        "<serviceTask id='a' implementation='##WebService'/>",
        "<serviceTask id='a' implementation='orders.GET' flowable:class='x'/>",
        "<serviceTask id='a' implementation='orders.GET' flowable:type='http'/>",
        "<serviceTask id='a' implementation='orders.GET' camunda:expression='x'/>",
        "<serviceTask id='a' implementation='orders.GET' flowable:delegateExpression='x'/>",
        "<userTask id='a' implementation='orders.GET'/>",
      })
  void whenATaskIsOfFlowableOrNamesNothingThenItIsNone(String elements) {
    assertThat(process(elements).tasks()).isEmpty();
  }

  @Test
  void whenATaskStandsInNoProcessThenItIsNone() {
    ModelScan scan =
        scan(
            Bpmn.definitions(
                "<serviceTask id='a' implementation='orders.GET'/><process id='p'/><process/>"
                    + "<serviceTask id='b' implementation='orders.GET'/>"));

    assertThat(scan.tasks()).isEmpty();
    assertThat(scan.processes()).containsExactly("p");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<task id='a' flowable:x='${now()}'/> | p.bpmn: process 'p', activity 'a': x calls the function now(), which this engine does not have",
        "<flow id='a'><conditionExpression>${f(1)}</conditionExpression></flow> | p.bpmn: process 'p', activity 'a': conditionExpression calls the function f(), which this engine does not have",
        "<task id='a'/><x>${f()}</x> | p.bpmn: process 'p', activity 'a': x calls the function f(), which this engine does not have",
        "<x>${f()}</x> | p.bpmn: process 'p': x calls the function f(), which this engine does not have",
        "<event id='e'><timerEventDefinition id='t'><timeDate>${f()}</timeDate></timerEventDefinition></event> | p.bpmn: process 'p', activity 'e': timeDate calls the function f(), which this engine does not have",
        "<event id='e'><messageEventDefinition correlationKey='k'/></event> | p.bpmn: process 'p', activity 'e': its message has a correlationKey, which Flowable does not have: messages of webhooks find an instance by its business key",
      })
  void whenAModelWantsWhatNoEngineHasThenItsPlaceIsSaid(String elements, String error) {
    process(elements);

    assertThat(faults.errors()).containsExactly(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<documentation>${f()}</documentation>",
        "<scriptTask id='a'><script>${f()}</script></scriptTask>",
        "<task id='a' name='${f()}'/>",
        "<text>${f()}</text>",
        "<flowable:string>${f()}</flowable:string>",
        "<task id='a' flowable:x='f()'/>",
        "<messageEventDefinition correlationKey=' '/>",
        "<signalEventDefinition correlationKey='k'/>",
      })
  void whenATextIsForPeopleOrAnotherLanguageThenItIsNotLookedAt(String elements) {
    process(elements);

    assertThat(faults.errors()).isEmpty();
  }

  @Test
  void whenAProcessEndsThenWhatFollowsIsOfTheFile() {
    scan(Bpmn.definitions("<process id='p'><task id='a'/></process><x>${f()}</x>"));

    assertThat(faults.errors())
        .containsExactly("p.bpmn: x calls the function f(), which this engine does not have");
  }

  @Test
  void whenResultsAreToBeCollectedThenThatIsAWarning() {
    process("<task id='a'><loopDataOutputRef>x</loopDataOutputRef></task>");

    assertThat(faults.warnings())
        .containsExactly(
            "p.bpmn: process 'p', activity 'a': loopDataOutputRef is not read: no variable collects"
                + " the results");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no XML", "<a>\n<b></a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"})
  void whenAFileIsNoXmlThenItsPlaceIsSaid(String xml) {
    scan(xml);

    assertThat(faults.errors())
        .singleElement()
        .asString()
        .matches("p\\.bpmn: the file is no XML, line \\d+, column \\d+");
  }
}
