package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.engine.impl.persistence.entity.ResourceEntityImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the files of a project, and which files are refused. */
class ProjectTest {

  static final String CONNECTOR =
      """
      {"name": "orders", "template": "restConnector", "actions": {"1": {"name": "GET",
        "inputs": [{"name": "restUrl"}],
        "outputs": [{"name": "restResult"}, {"name": "responseHeaders"}]}}}
      """;
  static final String TRIGGER =
      """
      {"name": "paid", "event": {"source": "connector.orders.INCOMING_WEBHOOK",
        "inputs": {"path": "paid"}},
       "action": {"source": "command-consumer", "payload":
        {"payloadType": "SignalPayload", "name": "paid", "variables": {}}}}
      """;
  static final String MODEL =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:activiti="http://activiti.org/bpmn" targetNamespace="t">
        <process id="p" isExecutable="true"><startEvent id="start"/>
          <serviceTask id="call" implementation="orders.GET"/></process>
      </definitions>
      """;

  private final Faults faults = new Faults();

  private Project project(String... namesAndTexts) {
    return Objects.requireNonNull(read(namesAndTexts));
  }

  private @Nullable Project read(String... namesAndTexts) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return read(files);
  }

  private @Nullable Project read(Map<String, byte[]> files) {
    Map<String, ResourceEntityImpl> resources = new LinkedHashMap<>();
    files.forEach(
        (name, bytes) -> {
          ResourceEntityImpl resource = new ResourceEntityImpl();
          resource.setName(name);
          resource.setBytes(bytes);
          resources.put(name, resource);
        });
    return Project.read(resources, faults);
  }

  @Test
  void whenNoFileIsOfAProjectThenThereIsNoProject() {
    assertThat(
            read(
                "p.bpmn20.xml", MODEL,
                "data.json", "{\"a\": 1}",
                "cut.json", "{",
                "connectors/settings.json", "{\"url\": \"http://a\"}",
                "triggers/jobs.json", "[1]",
                "authentications/users.json", "{\"users\": []}",
                "../climbs.txt", ""))
        .isNull();
    assertThat(faults.errors()).isEmpty();
  }

  @Test
  void whenFilesLieBelowAnyFolderThenTheyAreOfTheProject() {
    Project project =
        project(
            "shop/connectors/orders.json", CONNECTOR,
            "shop/processes/p.bpmn20.xml", MODEL,
            "shop/processes/anything.json",
                "{\"extensions\": {\"p\": {\"mappings\": {\"call\": {\"mappingType\": \"map_all\"}}}}}");

    assertThat(faults.errors()).isEmpty();
    Connector orders = Objects.requireNonNull(project.connectors().get("orders"));
    assertThat(orders.isRest()).isTrue();
    assertThat(orders.outputs())
        .isEqualTo(Map.of(RestAction.GET, List.of("restResult", "responseHeaders")));
    assertThat(project.tasks()).extracting(ModelScan.Task::id).containsExactly("call");
    assertThat(project.extensions("p").mapping("call").mapsAllInputs()).isTrue();
    assertThat(project.extensions("p").mapping("other")).isEqualTo(ActivityMapping.NONE);
  }

  @Test
  void whenTheFormIsOlderThenItsIdNamesTheProcessAndEverythingIsMapped() {
    Project project =
        project(
            "p-extensions.json",
            """
            {"id": "p", "extensions": {"properties": {"1": {"name": "a", "type": "string"}},
              "mappings": {"mapped": {"inputs": {"restUrl": {"type": "VALUE", "value": "u"}}}},
              "constants": {"call": {"timeout": {"value": 100}}}}}
            """);

    ProcessExtensions read = project.extensions("p");
    assertThat(read.properties()).containsOnlyKeys("a");
    assertThat(read.mapping("call")).isEqualTo(ActivityMapping.ALL);
    assertThat(read.mapping("mapped").inputs()).containsOnlyKeys("restUrl");
    assertThat(read.mapping("mapped").mapsAllInputs()).isFalse();
    assertThat(read.constants().get("call")).hasToString("{timeout=100}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "connectors/a.json | {'name': 'a' | the file is no JSON, line 1, column 13: it ends too early",
        "connectors/a.json | [1] | the file is no connector, wanted an object with a name",
        "connectors/a.json | {'actions': {}} | the file is no connector, wanted an object with a name",
        "triggers/a.json | {'name': 'a'} | the file is no trigger, wanted an object with name, event and action",
        "triggers/a.json | {'name': | the file is no JSON, line 1, column 9: it ends too early",
        "authentications/a.json | {} | the file is no authentication, wanted an object with a name",
        "forms/a.json | {'x': | the file is no JSON, line 1, column 6: it ends too early",
        "p-extensions.json | {'extensions' | the file is no JSON, line 1, column 14: it ends too early",
        "x.json | {'extensions': {'q': {'mappings': {'t': {'mappingType': 'SOME'}}}}} | process 'q', activity 't': its mappingType is none, wanted MAP_ALL, MAP_ALL_INPUTS, MAP_ALL_OUTPUTS or nothing",
        "x.json | {'extensions': {'q': {'mappings': {'t': {'inputs': {'a': {'value': 1}}}}}}} | process 'q', activity 't': the input 'a' has a type of mapping that there is not, wanted value, variable, static_value",
        "x.json | {'extensions': {'q': {'mappings': {'t': {'inputs': {'a': {'type': 'JSONPATCH', 'value': []}}}}}}} | process 'q', activity 't': the input 'a' has a type of mapping that there is not, wanted value, variable, static_value",
        "x.json | {'extensions': {'q': {'mappings': {'t': {'outputs': {'a': {'type': 'script', 'value': 1}}}}}}} | process 'q', activity 't': the output 'a' has a type of mapping that there is not, wanted value, variable, static_value, JSONPATCH",
        "x.json | {'extensions': {'q': {'mappings': {'t': {'outputs': {'a': {'type': 'variable', 'value': 1}}}}}}} | process 'q', activity 't': the output 'a' names no variable, wanted a name",
        "x.json | {'extensions': {'q': {'mappings': {'t': {'outputs': {'a': {'type': 'JSONPATCH', 'value': {}}}}}}}} | process 'q', activity 't': the output 'a' is no JSON Patch (RFC 6902): wanted a list of operations",
        "x.json | {'extensions': {'q': {'properties': {'1': {'type': 'string'}}}}} | process 'q': a property has no name",
      })
  void whenAFileIsWrongThenItIsTold(String file, String json, String message) {
    read("connectors/orders.json", CONNECTOR, file, json.replace('\'', '"'));

    assertThat(faults.errors()).containsExactly(file + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../connectors/a.txt",
        "connectors/../../a.txt",
        "..",
        "a/..",
        "..\\a.txt",
        "a\\..\\a.txt",
        "/etc/passwd",
        "\\share\\a.txt",
        "C:\\a.txt",
        "c:a.txt",
        "a\nb.txt",
      })
  void whenANameLeavesTheProjectThenItIsRefused(String name) {
    read("connectors/orders.json", CONNECTOR, name, "");

    assertThat(faults.errors())
        .containsExactly(
            name.replace('\n', '?') + ": the name leaves the project, wanted one inside it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b.txt", "..a/b.txt", "a../b.txt", "...", "a/b c.txt"})
  void whenANameOnlyLooksAsIfItLeftTheProjectThenItIsFine(String name) {
    read("connectors/orders.json", CONNECTOR, name, "");

    assertThat(faults.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"connectors/a.json", "x.json", "p.bpmn20.xml", "p.bpmn"})
  void whenAFileIsLargerThanTenMegabytesThenItIsNotRead(String name) {
    byte[] large = new byte[ProjectFiles.MAX_LENGTH + 1];
    Arrays.fill(large, (byte) ' ');

    read(Map.of("connectors/orders.json", CONNECTOR.getBytes(StandardCharsets.UTF_8), name, large));

    assertThat(faults.errors())
        .containsExactly(
            name + ": the file has more than 10 MB, wanted at most that of a file of a project");
  }

  @Test
  void whenTwoFilesAreOfOneThenTheSecondIsTold() {
    String extensions = "{\"extensions\": {\"q\": {\"properties\": {}}}}";
    String authentication = "{\"name\": \"crm\"}";

    read(
        "connectors/a.json", CONNECTOR,
        "connectors/b.json", CONNECTOR,
        "a.json", extensions,
        "b.json", extensions,
        "triggers/a.json", TRIGGER,
        "triggers/b.json", TRIGGER,
        "authentications/a.json", authentication,
        "authentications/b.json", authentication);

    assertThat(faults.errors())
        .containsExactlyInAnyOrder(
            "connectors/b.json: the connector 'orders' is also in connectors/a.json, wanted one connector of a name",
            "b.json: process 'q': its extensions are also in a.json, wanted one file for a process",
            "triggers/b.json: the trigger 'paid' is also in triggers/a.json, wanted one of a name",
            "authentications/b.json: the authentication 'crm' is also in authentications/a.json, wanted one of a name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'name': 'crm', 'config': [{'name': 'CLIENT_SECRET', 'value': 'x'}]} | true",
        "{'name': 'crm', 'password': 'x'} | true",
        "{'name': 'crm', 'a': {'b': [{'accessToken': 'x'}]}} | true",
        "{'name': 'crm', 'privateKey': 'x'} | true",
        "{'name': 'crm', 'access_key': 'x', 'accessKeyId': 'y'} | true",
        "{'name': 'crm', 'keyPassphrase': 'x'} | true",
        "{'name': 'crm', 'accessKeyId': 'y'} | false",
        "{'name': 'crm', 'password': ''} | false",
        "{'name': 'crm', 'password': null} | false",
        "{'name': 'crm', 'config': [{'name': 'TOKEN', 'value': ''}]} | false",
        "{'name': 'token1auth', 'type': 'bearer-token', 'tokenUrl': 'http://a'} | false",
        "{'name': 'crm', 'password': '${CRM_PASSWORD}'} | false",
      })
  void whenAnAuthenticationHasASecretThenThatIsTold(String json, boolean isTold) {
    read("authentications/crm.json", json.replace('\'', '"'));

    assertThat(faults.warnings()).hasSize(isTold ? 1 : 0);
    assertThat(faults.warnings()).allMatch(text -> text.contains("rest-connector.authentications"));
  }

  @Test
  void whenAMessageHasACorrelationKeyOrAFunctionIsUnknownThenThePlaceIsTold() {
    read(
        "connectors/orders.json",
        CONNECTOR,
        "p.bpmn20.xml",
        MODEL.replace(
            "</process>",
            """
                <documentation>now() and ${now()}</documentation>
                <intermediateCatchEvent id="wait"><messageEventDefinition id="m" messageRef="x"
                  activiti:correlationKey="${orderId}"/></intermediateCatchEvent>
                <userTask id="ask" activiti:assignee="${list('now()').add(now())}"/>
                <sequenceFlow id="flow" sourceRef="call" targetRef="ask">
                  <conditionExpression>${ask.now() and (a) and vars:get('x') == getBase64FileContent(f)}</conditionExpression>
                </sequenceFlow></process>
                """));

    assertThat(faults.errors())
        .containsExactly(
            "p.bpmn20.xml: process 'p', activity 'wait': its message has a correlationKey, which"
                + " Flowable does not have: messages of webhooks find an instance by its business"
                + " key",
            "p.bpmn20.xml: process 'p', activity 'ask': assignee calls the function list(), which this engine does not have",
            "p.bpmn20.xml: process 'p', activity 'ask': assignee calls the function now(), which this engine does not have",
            "p.bpmn20.xml: process 'p', activity 'flow': conditionExpression calls the function getBase64FileContent(), which this engine does not have");
  }
}
