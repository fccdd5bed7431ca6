package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a channel file to a trigger that is served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidatingRepositoryServiceTest {

  private static final String ANSWERING = "\"action\": {\"type\": \"none\"}, \"status\": ";

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  @AfterAll
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'path': 'a//b', 'action': {'type': 'none'}       | path is \"a//b\", wanted segments",
        "'path': '/a', 'action': {'type': 'none'}         | path is \"/a\", wanted segments",
        "'path': 'a/x{b}', 'action': {'type': 'none'}     | path is \"a/x{b}\", wanted segments",
        "'path': '{a}/{a}', 'action': {'type': 'none'}    | path is \"{a}/{a}\", wanted segments",
        "'path': 'a/..', 'action': {'type': 'none'}       | path is \"a/..\", wanted segments",
        "'path': 'a/*', 'action': {'type': 'none'}        | path is \"a/*\", wanted segments",
        "'path': '**', 'action': {'type': 'none'}         | path is \"**\", wanted segments",
        "'path': 'a/**/b', 'action': {'type': 'none'}     | path is \"a/**/b\", wanted segments",
        "'path': 'a/x*.json', 'action': {'type': 'none'}  | path is \"a/x*.json\", wanted segments",
        "'path': 'a/?', 'action': {'type': 'none'}        | path is \"a/?\", wanted segments",
        "'path': 'a/:id', 'action': {'type': 'none'}      | path is \"a/:id\", wanted segments",
        "'path': 'a/<id>', 'action': {'type': 'none'}     | path is \"a/<id>\", wanted segments",
        "'path': 'a/[0-9]+', 'action': {'type': 'none'}   | path is \"a/[0-9]+\", wanted segments",
        "'path': '^a$', 'action': {'type': 'none'}        | path is \"^a$\", wanted segments",
        "'path': 'a/{id:[0-9]+}', 'action': {'type': 'none'} | wanted segments",
        "'path': 'a/{*rest}', 'action': {'type': 'none'}  | wanted segments",
        "'path': 'a/{}', 'action': {'type': 'none'}       | wanted segments",
        "'path': 'a/', 'action': {'type': 'none'}         | path is \"a/\", wanted segments",
        "'path': 5, 'action': {'type': 'none'}            | path is 5, wanted a string",
        "'action': {'type': 'none'}                       | path is missing, wanted a string",
        "'path': 'a', 'method': 'FROB', 'action': {'type': 'none'} | method is \"FROB\", wanted one",
        "'path': 'a', 'method': [], 'action': {'type': 'none'}     | method is [], wanted one",
        "'path': 'a', 'method': ['get'], 'action': {'type': 'none'} | method is [\"get\"], wanted one",
        "'path': 'a', 'status': 99, 'action': {'type': 'none'}     | status is 99, wanted an integer",
        "'path': 'a', 'status': '200', 'action': {'type': 'none'}  | status is \"200\", wanted an",
        "'path': 'a', 'status': 204, 'body': {}, 'action': {'type': 'none'} | status is 204, wanted a status",
        "'path': 'a', 'status': 304, 'body': 'x', 'action': {'type': 'none'} | status is 304, wanted a status",
        "'path': 'a', 'status': 205, 'body': [], 'action': {'type': 'none'} | status is 205, wanted a status",
        "'path': 'a', 'answerHeaders': 'x', 'action': {'type': 'none'} | answerHeaders is \"x\", wanted an object",
        "'path': 'a', 'answerHeaders': {'X Y': 'a'}, 'action': {'type': 'none'} | wanted the name",
        "'path': 'a', 'answerHeaders': {'': 'a'}, 'action': {'type': 'none'} | wanted the name",
        "'path': 'a', 'answerHeaders': {'X:': 'a'}, 'action': {'type': 'none'} | wanted the name",
        "'path': 'a', 'answerHeaders': {'X': ['a']}, 'action': {'type': 'none'} | answerHeaders.X is [\"a\"]",
        "'path': 'a', 'answerHeaders': {'X': {}}, 'action': {'type': 'none'} | answerHeaders.X is {}",
        "'path': 'a', 'answerHeaders': {'X': 'a', 'x': 'b'}, 'action': {'type': 'none'} | each header once",
        "'path': 'a', 'answerHeaders': {'X': 'a\\r\\nY: b'}, 'action': {'type': 'none'} | can stand in a header",
        "'path': 'a', 'answerHeaders': {'X': 'a\\nb'}, 'action': {'type': 'none'} | can stand in a header",
        "'path': 'a', 'answerHeaders': {'X': 'a\\u0000'}, 'action': {'type': 'none'} | can stand in a header",
        "'path': 'a', 'answerHeaders': {'X': '\\u20ac'}, 'action': {'type': 'none'} | can stand in a header",
        "'path': 'a', 'answerHeaders': {'X': '${1 +}'}, 'action': {'type': 'none'} | answerHeaders.X is",
        "'path': 'a', 'answerHeaders': {'content-length': '1'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'Transfer-Encoding': 'chunked'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'Connection': '${body}'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'Keep-Alive': 'a'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'UPGRADE': 'a'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'Trailer': 'a'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'TE': 'a'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'Content-Encoding': 'gzip'}, 'action': {'type': 'none'} | no header of the conn",
        "'path': 'a', 'answerHeaders': {'Content-Type': ''}, 'action': {'type': 'none'} | a media type such as",
        "'path': 'a', 'answerHeaders': {'Content-Type': 'text'}, 'action': {'type': 'none'} | a media type such as",
        "'path': 'a', 'answerHeaders': {'Content-Type': 'text/plain; charset=latin1'}, 'action': {'type': 'none'} | UTF-8",
        "'path': 'a', 'answerHeaders': {'Content-Type': 'text/plain'}, 'body': {}, 'action': {'type': 'none'} | body is {}",
        "'path': 'a', 'each': 'body', 'action': {'type': 'none'}   | each is \"body\", wanted an expression",
        "'path': 'a', 'each': ['${body}'], 'action': {'type': 'none'} | each is [\"${body}\"], wanted an expression",
        "'path': 'a', 'each': '${body', 'action': {'type': 'none'} | each is \"${body\", wanted an expression",
        "'path': 'a', 'maxBodySize': '2MB', 'action': {'type': 'none'} | maxBodySize is more than",
        "'path': 'a', 'maxBodySize': 1048577, 'action': {'type': 'none'} | maxBodySize is more than",
        "'path': 'a', 'maxBodySize': '9999999999GB', 'action': {'type': 'none'} | maxBodySize is more than",
        "'path': 'a', 'maxBodySize': '1 KB', 'action': {'type': 'none'} | maxBodySize is \"1 KB\", wanted a size",
        "'path': 'a', 'maxBodySize': '1kB', 'action': {'type': 'none'} | maxBodySize is \"1kB\", wanted a size",
        "'path': 'a', 'maxBodySize': -1, 'action': {'type': 'none'} | maxBodySize is -1, wanted a size",
        "'path': 'a', 'maxBodySize': '1.5KB', 'action': {'type': 'none'} | wanted a size",
        "'path': 'a', 'maxBodySize': true, 'action': {'type': 'none'} | wanted a size",
        "'path': 'a', 'body': '${json:parse()}', 'action': {'type': 'none'} | wanted an expression that parses",
        "'path': 'a', 'body': '${json:read(body)}', 'action': {'type': 'none'} | wanted an expression that parses",
        "'path': 'a', 'body': '${hmac:hex(1)}', 'action': {'type': 'none'} | wanted an expression that parses",
        "'path': 'a', 'headers': {'X': 1}, 'action': {'type': 'none'} | headers.X is 1, wanted a string",
        "'path': 'a', 'headers': {'X Y': 'a'}, 'action': {'type': 'none'} | headers is",
        "'path': 'a', 'params': ['x'], 'action': {'type': 'none'}  | params is [\"x\"], wanted an object",
        "'path': 'a', 'condition': '${body', 'action': {'type': 'none'} | condition is \"${body\", wanted",
        "'path': 'a', 'condition': 'true', 'action': {'type': 'none'}   | condition is \"true\", wanted",
        "'path': 'a', 'body': {'x': ['${1 +}']}, 'action': {'type': 'none'} | body.x is \"${1 +}\"",
        "'path': 'a', 'payload': {'x': '${'}, 'action': {'type': 'none'}    | payload.x is \"${\"",
        "'path': 'a', 'acceptWithoutConsumer': 1, 'action': {'type': 'none'} | acceptWithoutConsumer is 1",
        "'path': 'a', 'early': 'PT1M', 'action': {'type': 'signal', 'name': 's'} | early is \"PT1M\", wanted an object",
        "'path': 'a', 'early': null, 'channelEventKeyDetection': {'fixedValue': 'e'} | early is null, wanted an object",
        "'path': 'a', 'early': {}, 'action': {'type': 'signal', 'name': 's'} | early.keep is missing, wanted",
        "'path': 'a', 'early': {'keep': 'PT1M', 'max': 1}, 'action': {'type': 'signal', 'name': 's'} | early.max is 1, wanted no such",
        "'path': 'a', 'early': {'keep': 60}, 'action': {'type': 'signal', 'name': 's'} | early.keep is 60, wanted",
        "'path': 'a', 'early': {'keep': '1 min'}, 'action': {'type': 'signal', 'name': 's'} | early.keep is \"1 min\", wanted a time",
        "'path': 'a', 'early': {'keep': 'PT0S'}, 'action': {'type': 'signal', 'name': 's'} | more than zero and at most P7D",
        "'path': 'a', 'early': {'keep': 'PT-1S'}, 'action': {'type': 'signal', 'name': 's'} | more than zero and at most P7D",
        "'path': 'a', 'early': {'keep': 'P7DT0.000000001S'}, 'action': {'type': 'signal', 'name': 's'} | at most P7D",
        "'path': 'a', 'early': {'keep': 'PT1M'}, 'action': {'type': 'startProcess', 'processDefinitionKey': 'p'} | no action startProcess",
        "'path': 'a', 'early': {'keep': 'PT1M'}, 'action': {'type': 'startMessage', 'name': 'm'} | no action startMessage",
        "'path': 'a', 'early': {'keep': 'PT1M'}, 'action': {'type': 'none'} | no action none",
        "'path': 'a', 'early': {'keep': 'PT1M'}, 'acceptWithoutConsumer': true, 'channelEventKeyDetection': {'fixedValue': 'e'} | no acceptWithoutConsumer",
        "'path': 'a', 'pathh': 'b', 'action': {'type': 'none'}     | pathh is \"b\", wanted no such",
        "'path': 'a', 'deserializerType': 'json', 'action': {'type': 'none'} | deserializerType is",
        "'path': 'a', 'action': {'type': 'fly'}           | action.type is \"fly\", wanted startProcess",
        "'path': 'a', 'action': 'none'                    | action is \"none\", wanted an object",
        "'path': 'a', 'action': {'type': 'signal'}        | action.name is missing, wanted a string",
        "'path': 'a', 'action': {'type': 'message', 'name': 'm'} | action.correlationKey is missing",
        "'path': 'a', 'action': {'type': 'startProcess'}  | action.processDefinitionKey is missing",
        "'path': 'a', 'action': {'type': 'none', 'name': 'x'} | action.name is \"x\", wanted no such",
        "'path': 'a', 'action': {'type': 'signal', 'name': 's', 'variables': 'x'} | action.variables is",
        "'path': 'a'                                      | channelEventKeyDetection is missing, wanted",
        "'path': 'a', 'channelEventKeyDetection': {}      | channelEventKeyDetection is {}, wanted one",
        "'path': 'a', 'channelEventKeyDetection': {'xmlXPathExpression': '/a'} | wanted one of fixedValue",
        "'path': 'a', 'channelEventKeyDetection': {'jsonPointerExpression': 'a'} | wanted one of fixed"
      })
  void whenAPropertyIsWrongThenDeploymentFailsAndNamesFilePropertyValueAndWhatIsWanted(
      String properties, String message) {
    String file =
        """
        {"key": "wrong", "channelType": "inbound", "type": "webhook", %s}
        """
            .formatted(properties.strip().replace('\'', '"'));

    assertThatThrownBy(() -> engine.deploy("wrong.channel", file))
        .hasMessageContaining("wrong.channel: ")
        .hasMessageContaining(message.strip());
    assertThat(
            engine
                .eventRegistry()
                .getEventRepositoryService()
                .createChannelDefinitionQuery()
                .channelDefinitionKey("wrong")
                .count())
        .isZero();
  }

  @Test
  void whenTriggersComeChangeAndGoThenRequestsSeeItAtOnce() {
    assertThat(status("changing")).isEqualTo(404);

    String first = deploy("changing", 201);
    assertThat(status("changing")).isEqualTo(201);

    String second = deploy("changing", 202);
    assertThat(status("changing")).isEqualTo(202);

    delete(first);
    assertThat(status("changing")).isEqualTo(202);

    String third = deploy("changing", 203);
    assertThat(status("changing")).isEqualTo(203);

    delete(third);
    assertThat(status("changing")).isEqualTo(202);

    delete(second);
    assertThat(status("changing")).isEqualTo(404);
  }

  @Test
  void whenDeploymentFailsThenTheTriggerOfBeforeStays() {
    deploy("staying", 201);

    assertThatThrownBy(
            () ->
                engine.deploy(
                    "staying.channel",
                    WebhookEngine.channel("staying", "staying", ANSWERING + 202),
                    "broken.channel",
                    "{"))
        .isInstanceOf(RuntimeException.class);

    assertThat(status("staying")).isEqualTo(201);
    deploy("staying", 202);
    assertThat(status("staying")).isEqualTo(202);
  }

  @Test
  void whenAChannelHasAnotherTypeThenItIsNotReachable() {
    engine.deploy(
        "foreign.event",
        "{\"key\": \"foreign\", \"payload\": []}",
        "foreign.channel",
        """
        {"key": "foreign", "channelType": "inbound", "type": "expression",
         "adapterDelegateExpression": "${foreign}", "deserializerType": "json",
         "path": "foreign", "channelEventKeyDetection": {"fixedValue": "foreign"}}
        """
            .replace("\"adapterDelegateExpression\": \"${foreign}\", ", ""));

    assertThat(status("foreign")).isEqualTo(404);
  }

  private String deploy(String key, int status) {
    return engine.deploy(key + ".channel", WebhookEngine.channel(key, key, ANSWERING + status));
  }

  private int status(String path) {
    return engine.post(path, "{}").status();
  }

  private void delete(String deploymentId) {
    engine.engine.getRepositoryService().deleteDeployment(deploymentId, true);
  }
}
