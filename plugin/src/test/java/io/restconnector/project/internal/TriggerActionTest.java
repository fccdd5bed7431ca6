package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class TriggerActionTest {

  private final Faults faults = new Faults();

  private @Nullable ObjectNode read(String payload) {
    return new TriggerAction(Place.of("f"), Set.of("p"), faults).read(json(payload));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'payloadType':'StartProcessPayload','id':'1','processDefinitionKey':'p','name':'n','businessKey':'b'} | {'type':'startProcess','processDefinitionKey':'p','name':'n','businessKey':'b'}",
        "{'payloadType':'StartProcessPayload','processDefinitionKey':'p','name':' '} | {'type':'startProcess','processDefinitionKey':'p'}",
        "{'payloadType':'SignalPayload','name':'s'} | {'type':'signal','name':'s'}",
        "{'payloadType':'ReceiveMessagePayload','name':'m','correlationKey':{'type':'variable','value':'k'}} | {'type':'message','name':'m','correlationKey':'${k}'}",
        "{'payloadType':'StartMessagePayload','name':'m','variables':{'a':{'type':'value','value':1},'b':'${c}'}} | {'type':'startMessage','name':'m','variables':{'a':1,'b':'${c}'}}",
      })
  void whenAPayloadIsOneThatAWebhookTakesThenItIsTheActionOfAChannel(
      String payload, String action) {
    assertThat(read(payload)).isEqualTo(json(action));
    assertThat(faults.errors()).isEmpty();
    assertThat(faults.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'payloadType':'DeleteProcessPayload'}", "[]"})
  void whenThereIsNoSuchPayloadThenThereIsNoAction(String payload) {
    assertThat(read(payload)).isNull();
    assertThat(faults.errors())
        .containsExactly(
            "f: its action is none that a webhook can take, wanted a payload of one of"
                + " StartProcessPayload, SignalPayload, ReceiveMessagePayload, StartMessagePayload");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'payloadType':'StartProcessPayload','name':'n'} | f: its StartProcessPayload lacks processDefinitionKey",
        "{'payloadType':'SignalPayload','name':''}         | f: its SignalPayload lacks name",
        "{'payloadType':'ReceiveMessagePayload','name':'m'} | f: its ReceiveMessagePayload lacks correlationKey",
        "{'payloadType':'StartMessagePayload','businessKey':'m'} | f: its StartMessagePayload lacks name",
      })
  void whenAPayloadLacksSomethingThenThereIsNoAction(String payload, String error) {
    assertThat(read(payload)).isNull();
    assertThat(faults.errors()).containsExactly(error);
  }

  @Test
  void whenAPropertyIsNotOfThePayloadThenItIsDropped() {
    assertThat(read("{'payloadType':'SignalPayload','name':'s','businessKey':'b'}"))
        .isEqualTo(json("{'type':'signal','name':'s'}"));
    assertThat(faults.warnings())
        .containsExactly("f: its action has the property 'businessKey', which is dropped");
  }

  @Test
  void whenAProcessIsNotInTheProjectThenThatIsSaid() {
    assertThat(read("{'payloadType':'StartProcessPayload','processDefinitionKey':'q'}"))
        .isNotNull();
    assertThat(faults.errors())
        .containsExactly("f: wants the process 'q', which is not in the project");
  }
}
