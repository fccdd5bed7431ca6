package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.RestConnector;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.journal.Journal;
import io.restconnector.journal.JournalFilter;
import io.restconnector.journal.RequestEntry;
import io.restconnector.spi.Secret;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.WebhookEngine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournaledRequestsTest {

  private static final String ANSWER_ONLY = "\"action\": {\"type\": \"none\"}";

  private WebhookEngine engine;

  @BeforeAll
  void start() {
    engine =
        WebhookEngine.with(
            Map.of(
                "key", Secret.of("open sesame"),
                "base64", Secret.of("b3Blbg==")));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private RequestEntry last() {
    return RestConnector.of(engine.engine).journal().requests().get(0);
  }

  private void deploy(String key, String path, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, path, properties));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'method': 'PUT' | METHOD | it takes PUT only
          'method': ['PUT', 'GET'] | METHOD | it takes PUT, GET only
          'authentication': {'type': 'bearer', 'secret': 'key'} | AUTHENTICATION | header authorization holds no bearer credentials
          'authentication': {'type': 'basic', 'username': 'u', 'secret': 'key'} | AUTHENTICATION | no secret matches
          'authentication': {'type': 'api-key', 'header': 'X-Key', 'secret': 'key'} | AUTHENTICATION | header x-key is missing
          'authentication': {'type': 'api-key', 'header': 'X-Wrong', 'secret': 'key'} | AUTHENTICATION | no secret matches
          'authentication': {'type': 'api-key', 'header': 'X-Twice', 'secret': 'key'} | AUTHENTICATION | header x-twice occurs more than once
          'signature': {'scheme': 'github', 'secret': 'key'} | SIGNATURE | no secret matches
          'signature': {'scheme': 'stripe', 'secret': 'key'} | SIGNATURE | header stripe-signature does not hold one timestamp
          'signature': {'scheme': 'svix', 'secret': 'base64'} | SIGNATURE | header svix-id is missing
          'signature': {'scheme': 'slack', 'secret': 'key'} | SIGNATURE | the timestamp is 412 s old, and 300 s are tolerated
          'signature': {'scheme': 'hmac', 'header': 'X-Twice', 'secret': 'key'} | SIGNATURE | header x-twice occurs more than once
          'signature': {'scheme': 'hmac', 'header': 'X-None', 'secret': 'key'} | SIGNATURE | header x-none is missing
          'headers': {'X-Event': 'other'} | HEADERS | header x-event has another value
          'headers': {'X-Event': 'other', 'Accept': 'a'} | HEADERS | header x-event has another value
          'headers': {'X-Other': 'a'} | HEADERS | header x-other is missing
          'headers': {'X-Twice': 'b'} | HEADERS | header x-twice has another value
          'params': {'event': 'other'} | PARAMS | parameter event has another value
          'params': {'other': 'a'} | PARAMS | parameter other is missing
          'maxBodySize': '4B' | BODY_SIZE | the body is larger than its maxBodySize
          'condition': '${body.amount > 5}' | CONDITION | the condition is false
          'condition': '${params.event == ``b``}' | CONDITION | the condition is false
          'condition': '${headers[``x-event``] == ``b``}' | CONDITION | the condition is false
          'condition': '${method == ``GET``}' | CONDITION | the condition is false
          'condition': '${body.none}' | CONDITION | the condition gives no value
          'condition': '${body.none > 5}' | CONDITION | the condition is false
          'condition': '${body.amount}' | CONDITION | the condition gives a value that is neither true nor false
          'condition': '${body.amount.none()}' | CONDITION | the condition fails: it does not suit what the request holds
          'each': '${body.items}', 'condition': '${item > 5}' | CONDITION | the condition is false
          'condition': '${body.amount > 5}', 'params': {'other': 'a'}, 'method': 'PUT' | METHOD | it takes PUT only
          'condition': '${body.amount > 5}', 'params': {'other': 'a'} | PARAMS | parameter other is missing
          'condition': '${body.amount > 5}', 'headers': {'X-Other': 'a'} | HEADERS | header x-other is missing
          'headers': {'X-Other': 'a'}, 'authentication': {'type': 'bearer', 'secret': 'key'} | AUTHENTICATION | header authorization holds no bearer credentials
          'headers': {'X-Other': 'a'}, 'signature': {'scheme': 'github', 'secret': 'key'} | SIGNATURE | no secret matches
          """)
  void whenACheckRefusesThenTheEntryTellsTheFirstThatDidAndWhatItSaw(
      String properties, Check check, String reason) {
    deploy(
        "refusing",
        "reasons",
        properties.strip().replace("``", "\\\"").replace('\'', '"') + ", " + ANSWER_ONLY);
    deploy("taking", "reasons", ANSWER_ONLY);
    engine.configuration().getClock().setCurrentTime(Date.from(Instant.ofEpochSecond(1700000412)));
    try {
      engine.sendBytes(
          "POST",
          "reasons?event=a",
          Map.of(
              "content-type", List.of("application/json"),
              "authorization", List.of("Basic dTpvcGVuIHNlc2FtQQ=="),
              "x-event", List.of("a"),
              "x-wrong", List.of("a"),
              "x-twice", List.of("a", "a"),
              "stripe-signature", List.of("v1=0"),
              "x-hub-signature-256", List.of("sha256=00"),
              "x-slack-signature", List.of("v0=00"),
              "x-slack-request-timestamp", List.of("1700000000")),
          "{\"amount\": 5, \"items\": [1]}".getBytes(StandardCharsets.UTF_8));
    } finally {
      engine.configuration().getClock().reset();
    }

    RequestEntry entry = last();
    assertThat(entry.outcome()).isEqualTo("Fired");
    assertThat(entry.path()).isEqualTo("reasons");
    assertThat(entry.bytes()).isEqualTo(27);
    assertThat(entry.headers()).isNull();
    assertThat(entry.triggers()).hasSize(2);
    RequestEntry.Trigger refusing = entry.triggers().get(0);
    assertThat(refusing.key()).isEqualTo("refusing");
    assertThat(refusing.result()).isEqualTo("refused");
    assertThat(refusing.check()).isEqualTo(check);
    assertThat(refusing.reason()).isEqualTo(reason);
    assertThat(entry.triggers().get(1).result()).isEqualTo("fired");
    assertThat(entry.triggers().get(1).action()).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'condition': '${body.a == 1}' | application/json | {'a': 1, 'a': 2} | BadRequest | duplicate
          'condition': '${body.a == 1}' | application/json | {'a': | BadRequest | JSON
          'condition': '${body.a == 1}' | application/json; charset=nope | {} | BadRequest | charset
          'condition': '${json:parse(body).a == 1}' | text/plain | no JSON | BadRequest | json:parse
          'each': '${body.items}' | application/json | {'items': 5} | BadRequest | each
          'deduplication': {'key': '${body.id}'}, 'action': {'type': 'none'} | application/json | {} | BadRequest | deduplication
          'action': {'type': 'startProcess', 'processDefinitionKey': '${body.key}'} | application/json | {} | BadRequest | action.processDefinitionKey of trigger wrong has no value in this request.
          'action': {'type': 'startProcess', 'processDefinitionKey': '${body.key}'} | application/json | {'key': {}} | BadRequest | is no single value in this request.
          'action': {'type': 'startProcess', 'processDefinitionKey': 'nothing'} | application/json | {} | NotTaken | A trigger matches, but nothing starts with its event and nothing waits for it.
          'action': {'type': 'message', 'name': 'm', 'correlationKey': '7'} | application/json | {} | NotTaken | A trigger matches, but nothing
          'action': {'type': 'signal', 'name': 's'} | application/json | {} | NotTaken | A trigger matches, but nothing
          """)
  void whenARequestCannotBeUsedThenTheEntryHasWhatTheSenderWasTold(
      String properties, String type, String body, String outcome, String problem) {
    String all = properties.strip().replace('\'', '"');
    deploy(
        "wrong",
        "problems/" + (problem + all).hashCode(),
        all.contains("action") ? all : all + ", " + ANSWER_ONLY);
    engine.send(
        "POST",
        "problems/" + (problem + all).hashCode(),
        Map.of("content-type", type),
        body.replace('\'', '"'));

    assertThat(last().outcome()).isEqualTo(outcome);
    assertThat(last().problem()).contains(problem);
    RequestEntry.Trigger trigger = last().triggers().get(0);
    assertThat(trigger.result())
        .isEqualTo(outcome.equals("NotTaken") ? "notTaken" : trigger.result());
  }

  @Test
  void whenABodyHasAnUnknownCodingThenTheEntrySaysSo() {
    deploy("coded", "coded", "\"condition\": \"${body.a == 1}\", " + ANSWER_ONLY);
    engine.send(
        "POST",
        "coded",
        Map.of("content-type", "application/json", "content-encoding", "br"),
        "{}");

    assertThat(last().status()).isEqualTo(415);
    assertThat(last().problem()).contains("Content-Encoding that is not supported");
  }

  @Test
  void whenTheEngineFailsThenTheEntrySaysThatNothingIsStored() {
    engine.deploy(
        "fails.channel",
        WebhookEngine.channel(
            "fails",
            "fails",
            "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"fails\"}"),
        "fails.bpmn20.xml",
        "<process id=\"fails\"><startEvent id=\"s\"/><sequenceFlow sourceRef=\"s\""
            + " targetRef=\"t\"/><serviceTask id=\"t\" flowable:expression=\"${none.x}\"/>"
            + "</process>");
    engine.post("fails", "{}");

    assertThat(last().outcome()).isEqualTo("Failed");
    assertThat(last().problem()).isEqualTo("The request failed, and nothing of it is stored.");
    assertThat(last().triggers().get(0).result()).isEqualTo("failed");
  }

  @Test
  void whenASenderNamesItsDeliveryAndItsTraceThenTheEntryHasBoth() {
    deploy(
        "svix",
        "named",
        "\"signature\": {\"scheme\": \"svix\", \"secret\": \"base64\"}, " + ANSWER_ONLY);
    long now = engine.configuration().getClock().getCurrentTime().toInstant().getEpochSecond();
    String signature =
        io.restconnector.webhook.internal.trust.Hmac.SHA256_BASE64.of(
            "open".getBytes(StandardCharsets.UTF_8),
            ("msg_1." + now + ".{}").getBytes(StandardCharsets.UTF_8));
    engine.send(
        "POST",
        "named",
        Map.of(
            "content-type", "application/json",
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "svix-id", "msg_1",
            "svix-timestamp", String.valueOf(now),
            "svix-signature", "v1," + signature),
        "{}");

    assertThat(last().outcome()).isEqualTo("Fired");
    assertThat(last().triggers().get(0).deliveryId()).isEqualTo("msg_1");
    assertThat(last().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void whenATriggerRefusesThenTheLogHasOneLineAtDebugWithTheSameReason() {
    deploy("logged", "logged", "\"condition\": \"${body.a == 1}\", " + ANSWER_ONLY);
    try (LoggedEvents lines = LoggedEvents.of("io.restconnector.webhook").at(Level.DEBUG)) {
      engine.post("logged", "{\"a\": 2}");

      assertThat(lines.messages())
          .containsOnlyOnce(
              "Webhook trigger logged refused a request at CONDITION: "
                  + last().triggers().get(0).reason());
    }
  }

  @Test
  void whenNoTriggerIsOnThePathThenTheEntrySaysSo() {
    engine.post("nowhere", "{}");

    assertThat(last().outcome()).isEqualTo("NotMatched");
    assertThat(last().status()).isEqualTo(404);
    assertThat(last().triggers()).isEmpty();
  }

  @Test
  void whenARateIsReachedThenTheEntryTellsWhenTheNextRequestIsTaken() {
    deploy("hourly", "rate", "\"rateLimit\": {\"limit\": 1, \"period\": \"PT1H\"}, " + ANSWER_ONLY);
    engine.post("rate", "{}");
    engine.post("rate", "{}");

    assertThat(last().outcome()).isEqualTo("TooManyRequests");
    assertThat(last().triggers().get(0).reason())
        .matches("the limit is reached; the next request is taken in 3[0-9]{3} s");
  }

  @Test
  void whenABodyIsUnreadableOrTooLargeThenNoTriggerHasDecided() {
    deploy("any", "body", ANSWER_ONLY);
    engine.post("body", "{");
    assertThat(last().outcome()).isEqualTo("BadRequest");
    assertThat(last().triggers().get(0).result()).isEqualTo("undecided");

    engine.post("body", " ".repeat(1024 * 1024 + 1));
    assertThat(last().outcome()).isEqualTo("TooLarge");
  }

  @Test
  void whenADeliveryComesAgainThenTheEntrySaysSo() {
    deploy("once", "again", "\"deduplication\": {\"key\": \"${body.id}\"}, " + ANSWER_ONLY);
    engine.post("again", "{\"id\": \"d-1\"}");
    engine.post("again", "{\"id\": \"d-1\"}");

    assertThat(last().outcome()).isEqualTo("Fired");
    assertThat(last().triggers().get(0).result()).isEqualTo("repeated");
  }

  @Test
  void whenNothingWaitsForAnEventThenTheEntryTellsItsCorrelationAndHowManyWaitForOthers() {
    deploy(
        "paid",
        "paid",
        "\"channelEventKeyDetection\": {\"fixedValue\": \"paid\"},"
            + " \"payload\": {\"orderId\": \"${body.order}\"}");
    engine.deploy(
        "paid.event",
        """
        {"key": "paid", "correlationParameters": [{"name": "orderId", "type": "string"}],
         "payload": []}
        """,
        "waiting.bpmn20.xml",
        """
        <process id="waiting"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <receiveTask id="t"><extensionElements><flowable:eventType>paid</flowable:eventType>
          <flowable:eventCorrelationParameter name="orderId" value="${order}"/>
          </extensionElements></receiveTask></process>
        """);
    for (String order : List.of("A-1", "A-2", "A-3")) {
      engine.runtime().startProcessInstanceByKey("waiting", Map.of("order", order));
    }
    engine.post("paid", "{\"order\": \"B-7\"}");

    RequestEntry.Trigger untaken = last().triggers().get(0);
    assertThat(last().outcome()).isEqualTo("NotTaken");
    assertThat(untaken.result()).isEqualTo("notTaken");
    assertThat(untaken.action()).isEqualTo("event");
    assertThat(untaken.target()).isEqualTo("paid");
    assertThat(untaken.correlation()).isEqualTo(Map.of("orderId", "B-7"));
    assertThat(untaken.subscriptions()).isEqualTo(3);

    engine.post("paid", "{\"order\": \"A-2\"}");
    RequestEntry.Trigger taken = last().triggers().get(0);
    assertThat(taken.result()).isEqualTo("fired");
    assertThat(taken.instances()).hasSize(1);
    assertThat(taken.subscriptions()).isNull();
    Journal journal = RestConnector.of(engine.engine).journal();
    assertThat(journal.requests(JournalFilter.all().withInstance(taken.instances().get(0))))
        .containsExactly(last());
    assertThat(journal.requests(JournalFilter.all().withTrigger("paid"))).hasSize(2);
    assertThat(journal.requests(JournalFilter.all().withTrigger("paid").withOutcome("nottaken")))
        .extracting(RequestEntry::path)
        .containsExactly("paid");
    assertThat(journal.requests(JournalFilter.all().withActivity("t"))).isEmpty();
  }

  private static final String STARTED =
      """
      <process id="KEY"><startEvent id="s">%s</startEvent><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
      """;

  private List<String> instancesOf(String process) {
    return engine
        .runtime()
        .createProcessInstanceQuery()
        .processDefinitionKey(process)
        .list()
        .stream()
        .map(ProcessInstance::getId)
        .toList();
  }

  private void deployStarted(String key, String start, String trigger) {
    engine.deploy(
        key + ".bpmn20.xml", STARTED.formatted(start).replace("KEY", key),
        key + ".channel", WebhookEngine.channel(key, key, trigger));
  }

  @Test
  void whenATriggerStartsInstancesThenTheEntryNamesAllOfThem() {
    deployStarted(
        "byEvent",
        "<extensionElements><flowable:eventType>began</flowable:eventType></extensionElements>",
        "\"channelEventKeyDetection\": {\"fixedValue\": \"began\"}");
    engine.deploy("began.event", "{\"key\": \"began\", \"payload\": []}");
    deployStarted(
        "byElement",
        "",
        "\"each\": \"${body}\", \"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"byElement\"}");

    engine.post("byEvent", "{}");
    assertThat(last().triggers().get(0).instances())
        .hasSize(1)
        .containsExactlyElementsOf(instancesOf("byEvent"));

    engine.post("byElement", "[1, 2, 3]");
    assertThat(last().triggers().get(0).instances())
        .hasSize(3)
        .containsExactlyInAnyOrderElementsOf(instancesOf("byElement"));

    engine.post("byElement", JsonMapper.shared().writeValueAsString(new int[120]));
    assertThat(instancesOf("byElement")).hasSize(123);
    assertThat(last().triggers().get(0).instances()).hasSize(100);
  }
}
