package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trigger that fires for each element of a list. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EachTest {

  private static final String START =
      """
      "action": {"type": "startProcess", "processDefinitionKey": "started",
                 "businessKey": "${item.id}", "variables": {"item": "${item}"}}
      """;

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  EachTest() {
    engine.deploy(
        "p.bpmn20.xml",
        """
        <signal id="s" name="s"/><message id="m" name="m"/><message id="begin" name="begin"/>
        <process id="started"><startEvent id="a1"/><sequenceFlow sourceRef="a1" targetRef="t1"/>
        <userTask id="t1"/></process>
        <process id="byMessage"><startEvent id="a2"><messageEventDefinition messageRef="begin"/>
        </startEvent><sequenceFlow sourceRef="a2" targetRef="t2"/><userTask id="t2"/></process>
        <process id="waits"><startEvent id="a3"/><sequenceFlow sourceRef="a3" targetRef="w3"/>
        <receiveTask id="w3"><extensionElements><flowable:eventType>settled</flowable:eventType>
        <flowable:eventCorrelationParameter name="id" value="${id}"/>
        <flowable:eventOutParameter source="amount" target="amount"/></extensionElements>
        </receiveTask><sequenceFlow sourceRef="w3" targetRef="t3"/><userTask id="t3"/></process>
        <process id="catchesMessage"><startEvent id="a5"/><sequenceFlow sourceRef="a5" targetRef="w5"/>
        <intermediateCatchEvent id="w5"><messageEventDefinition messageRef="m"/>
        </intermediateCatchEvent><sequenceFlow sourceRef="w5" targetRef="t5"/><userTask id="t5"/>
        </process>
        """,
        "unique.bpmn20.xml",
        """
        <process id="unique"><startEvent id="a4"><extensionElements>
        <flowable:eventType>settled</flowable:eventType>
        <flowable:startEventCorrelationConfiguration>storeAsUniqueReferenceId</flowable:startEventCorrelationConfiguration>
        </extensionElements></startEvent><sequenceFlow sourceRef="a4" targetRef="t4"/>
        <userTask id="t4"/></process>
        """,
        "settled.event",
        """
        {"key": "settled", "payload": [
          {"name": "id", "type": "string", "correlationParameter": true},
          {"name": "amount", "type": "double"}]}
        """,
        "started.channel",
        channel("started", START),
        "messages.channel",
        channel(
            "messages",
            "\"action\": {\"type\": \"message\", \"name\": \"m\", \"correlationKey\": \"${item}\"}"),
        "begin.channel",
        channel(
            "begin",
            "\"action\": {\"type\": \"startMessage\", \"name\": \"begin\","
                + " \"businessKey\": \"${item}\"}"),
        "none.channel",
        channel("none", "\"action\": {\"type\": \"none\"}, \"body\": \"${item}\""),
        "some.channel",
        channel("some", "\"condition\": \"${item.ok}\", \"body\": \"${item.id}\", " + START),
        "copies.channel",
        listed("copies", action("${body}")),
        "own.channel",
        listed("own", action("${item}")),
        "kept.channel",
        listed(
            "kept",
            "\"action\": {\"type\": \"none\"}, \"body\": \"${body}\","
                + " \"deduplication\": {\"key\": \"${method}\"}"),
        "whole.event",
        "{\"key\": \"whole\", \"payload\": [{\"name\": \"w\", \"isFullPayload\": true}]}",
        "event.channel",
        listed("event", "\"channelEventKeyDetection\": {\"fixedValue\": \"whole\"}"),
        "settled.channel",
        channel(
            "settled",
            """
            "payload": {"id": "${item.id}", "amount": "${item.amount}"},
            "channelEventKeyDetection": {"fixedValue": "settled"}
            """));
  }

  private static String listed(String key, String properties) {
    return WebhookEngine.channel(key, key, "\"each\": \"${body.list}\", " + properties);
  }

  private static String action(String variable) {
    return """
        "action": {"type": "startProcess", "processDefinitionKey": "started",
                   "variables": {"v": "%s"}}
        """
        .formatted(variable);
  }

  private static String channel(String key, String properties) {
    return WebhookEngine.channel(key, key, "\"each\": \"${body}\", " + properties);
  }

  @AfterEach
  void endAll() {
    engine
        .runtime()
        .createProcessInstanceQuery()
        .list()
        .forEach(each -> engine.runtime().deleteProcessInstance(each.getId(), "test"));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenTheBodyIsAnArrayOfEventsForTwoWaitsThenBothAreWoken() {
    ProcessInstance one = waiting("1");
    ProcessInstance two = waiting("2");

    WebhookResponse answer =
        engine.post(
            "settled",
            """
            [{"id": "1", "amount": 0.5}, {"id": "3", "amount": 1}, {"id": "2", "amount": 1.5}]
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(engine.runtime().getVariable(one.getId(), "amount")).isEqualTo(0.5);
    assertThat(engine.runtime().getVariable(two.getId(), "amount")).isEqualTo(1.5);
  }

  @Test
  void whenTwoElementsHaveOneUniqueReferenceThenOneInstanceStarts() {
    assertThat(
            engine.post("settled", "[{\"id\": \"u\"}, {\"id\": \"v\"}, {\"id\": \"u\"}]").status())
        .isEqualTo(200);

    assertThat(count("unique")).isEqualTo(2);
  }

  @Test
  void whenThereAreMessagesForInstancesThenEachIsWoken() {
    for (String key : List.of("a", "b")) {
      engine.runtime().startProcessInstanceByKey("catchesMessage", key);
    }

    assertThat(engine.post("messages", "[\"a\", \"b\", \"b\", \"c\"]").status()).isEqualTo(200);

    assertThat(engine.engine.getTaskService().createTaskQuery().count()).isEqualTo(2);
    assertThat(engine.post("messages", "[\"a\", \"c\"]").status()).isEqualTo(404);
  }

  /** A thousand trees of the whole body would take all memory. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "copies | 3    | 200",
        "copies | 30   | 400",
        "copies | 1000 | 400",
        "event  | 30   | 400",
        "kept   | 30   | 400",
        "own    | 1000 | 200"
      })
  void whenEachElementIsGivenTheWholeBodyThenTheyGetSoMuchTogetherAndNoMore(
      String trigger, int elements, int status) {
    String body =
        "{\"rest\": [%s0], \"list\": [%s0]}"
            .formatted("\"0123456789\", ".repeat(20_000), "0, ".repeat(elements - 1));

    WebhookResponse answer = engine.post(trigger, body);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 400) {
      assertThat(WebhookEngine.text(answer)).contains("each of trigger " + trigger + " gives all");
      assertThat(count("started")).isZero();
    }
  }

  @Test
  void whenAMessageStartsThenItDoesForEachElement() {
    assertThat(engine.post("begin", "[\"a\", 25000000.0]").status()).isEqualTo(200);

    assertThat(keys("byMessage")).containsExactly("25000000", "a");
  }

  @Test
  void whenElementsDoNotSatisfyTheConditionThenTheyAreLeftOut() {
    WebhookResponse answer =
        engine.post(
            "some",
            """
            [{"id": 1, "ok": false}, {"id": 2, "ok": true}, {"id": 3}, {"id": 4, "ok": true}, 5]
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(WebhookEngine.text(answer)).isEqualTo("2");
    assertThat(keys("started")).containsExactly("2", "4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "some    | [{\"id\": 1}]        | 404 | No trigger matches",
        "some    | []                   | 404 | A trigger matches, but",
        "started | []                   | 404 | A trigger matches, but",
        "started | {\"id\": 1}          | 400 | each of trigger started gives no list",
        "started | \"text\"             | 400 | each of trigger started gives no list",
        "started | 5                    | 400 | each of trigger started gives no list",
        "started | null                 | 400 | each of trigger started gives no list",
        "started | ``                   | 400 | each of trigger started gives no list",
        "started | [{\"id\": {}}]       | 400 | businessKey of trigger started is no single value",
        "none    | [1]                  | 200 | 1",
        "none    | [[2], 1]             | 200 | [2]",
        "none    | [null]               | 200 | null",
        "none    | [\"${1+1}\"]         | 200 | ${1+1}"
      })
  void whenTheListIsAnotherThenTheAnswerTells(
      String path, String body, int status, String expected) {
    WebhookResponse answer = engine.post(path, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(WebhookEngine.text(answer)).contains(expected);
    assertThat(count("started")).isZero();
  }

  @Test
  void whenAnElementIsWrongThenNothingIsDoneForTheOthers() {
    assertThat(engine.post("started", "[{\"id\": 1}, {\"id\": []}]").status()).isEqualTo(400);

    assertThat(count("started")).isZero();
  }

  @Test
  void whenTheEngineFailsForOneElementThenNothingOfTheOthersIsCommitted() {
    engine.deploy(
        "fails.bpmn20.xml",
        """
        <process id="fails"><startEvent id="a"/><sequenceFlow sourceRef="a" targetRef="x"/>
        <exclusiveGateway id="x"/><sequenceFlow sourceRef="x" targetRef="t">
        <conditionExpression>${id == 1}</conditionExpression></sequenceFlow>
        <sequenceFlow sourceRef="x" targetRef="t">
        <conditionExpression>${id == 3}</conditionExpression></sequenceFlow><userTask id="t"/>
        </process>
        """,
        "fails.channel",
        channel(
            "fails",
            """
            "action": {"type": "startProcess", "processDefinitionKey": "fails",
                       "variables": {"id": "${item}"}}
            """));

    assertThat(engine.post("fails", "[1, 2, 3]").status()).isEqualTo(500);
    assertThat(count("fails")).isZero();
    assertThat(engine.post("fails", "[1, 3]").status()).isEqualTo(200);
    assertThat(count("fails")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001})
  void whenTheListIsLongThenAThousandElementsAreTheMost(int length) {
    WebhookResponse answer =
        engine.post(
            "none",
            IntStream.range(0, length)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "[", "]")));

    assertThat(answer.status()).isEqualTo(length > 1000 ? 400 : 200);
    assertThat(WebhookEngine.text(answer)).contains(length > 1000 ? "more than 1000" : "0");
  }

  @Test
  void whenTheListIsEmptyThenATriggerThatAcceptsThatAnswers() {
    engine.deploy(
        "lenient.channel",
        channel(
            "lenient",
            "\"acceptWithoutConsumer\": true, \"status\": 202, \"body\": \"ok\", " + START));

    assertThat(engine.post("lenient", "[]").status()).isEqualTo(202);
    assertThat(WebhookEngine.text(engine.post("lenient", "[]"))).isEqualTo("\"ok\"");
  }

  @Test
  void whenOthersOnThePathWantTheRequestThenATriggerWithoutItsListIsNotInTheWay() {
    engine.deploy(
        "validation.channel",
        WebhookEngine.channel(
            "validation",
            "started",
            """
            "params": {"validate": "1"}, "action": {"type": "none"}, "status": 203
            """));

    assertThat(engine.post("started?validate=1", "").status()).isEqualTo(203);
    assertThat(engine.post("started?validate=1", "{}").status()).isEqualTo(203);
    assertThat(engine.post("started", "{}").status()).isEqualTo(400);
  }

  @Test
  void whenElementsAreDeduplicatedThenEachIsTakenOnceAndTheRestOfTheListToo() {
    engine.deploy(
        "once.channel",
        channel(
            "once",
            "\"body\": \"${item.id}\", \"deduplication\": {\"key\": \"${item.id}\"}, " + START));

    assertThat(engine.post("once", "[{\"id\": 1}, {\"id\": 2}, {\"id\": 1}]").status())
        .isEqualTo(200);
    WebhookResponse again = engine.post("once", "[{\"id\": 2}, {\"id\": 3}]");

    assertThat(WebhookEngine.text(again)).isEqualTo("2");
    assertThat(keys("started")).containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${headers['x-delivery']}", "${params.delivery}", "${headers['item']}"})
  void whenTheKeyIsOfTheWholeRequestThenItIsNoRepetitionWithinIt(String key) {
    engine.deploy(
        "whole.channel",
        channel("whole", "\"deduplication\": {\"key\": \"%s\"}, ".formatted(key) + START));
    String id = Integer.toHexString(key.hashCode());
    Map<String, String> headers =
        Map.of("content-type", "application/json", "x-delivery", id, "item", id);
    for (int i = 0; i < 2; i++) {
      assertThat(
              engine
                  .send(
                      "POST",
                      "whole?delivery=" + id,
                      headers,
                      "[{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"c\"}]")
                  .status())
          .isEqualTo(200);
    }

    assertThat(keys("started")).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${body.events}     | {\"events\": [{\"id\": \"a\"}, {\"id\": \"b\"}]} | a,b",
        "${body.a.b}        | {\"a\": {\"b\": [{\"id\": \"x\"}]}}             | x",
        "${json:parse(body.text)} | {\"text\": \"[{\\\"id\\\": \\\"p\\\"}]\"}  | p"
      })
  void whenTheListIsElsewhereThenItIsFound(String each, String body, String expected) {
    engine.deploy(
        "elsewhere.channel",
        WebhookEngine.channel(
            "elsewhere", "elsewhere", "\"each\": \"%s\", ".formatted(each) + START));

    assertThat(engine.post("elsewhere", body).status()).isEqualTo(200);
    assertThat(String.join(",", keys("started"))).isEqualTo(expected);
  }

  private ProcessInstance waiting(String id) {
    return engine.runtime().startProcessInstanceByKey("waits", Map.of("id", id));
  }

  private long count(String process) {
    return engine.runtime().createProcessInstanceQuery().processDefinitionKey(process).count();
  }

  private List<String> keys(String process) {
    return engine
        .runtime()
        .createProcessInstanceQuery()
        .processDefinitionKey(process)
        .list()
        .stream()
        .map(ProcessInstance::getBusinessKey)
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
