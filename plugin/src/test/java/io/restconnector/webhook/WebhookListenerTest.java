package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.spi.Secret;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.internal.WebhookEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookListenerTest {

  private static final String NO_TRIGGER = "none";
  private static final String ANSWER_ONLY = "\"action\": {\"type\": \"none\"}";

  private final List<Map.Entry<String, Kind>> seen = new ArrayList<>();
  private final List<WebhookOutcome> outcomes = new ArrayList<>();
  private WebhookEngine engine;

  @BeforeAll
  void start() {
    engine =
        WebhookEngine.with(
            RestConnectorConfigurator.builder()
                .settings(
                    WebhookEngine.settings(
                        Map.of(
                            "key", Secret.of("open sesame"),
                            "base64", Secret.of("b3Blbg=="))))
                .webhookListener(this::see)
                .build());
  }

  private void see(WebhookOutcome outcome) {
    outcomes.add(outcome);
    if (outcome.concerned().isEmpty()) {
      seen.add(entry(NO_TRIGGER, outcome.kind()));
    }
    outcome.concerned().forEach(each -> seen.add(entry(each.key(), outcome.kind())));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @BeforeEach
  void forget() {
    seen.clear();
    outcomes.clear();
  }

  @Test
  void whenTriggersFireThenEachIsToldAndNoOtherOfThePath() {
    deploy("first", "fired", ANSWER_ONLY);
    deploy("second", "{any}", ANSWER_ONLY);
    deploy("other", "fired", "\"condition\": \"${body.amount > 5}\", " + ANSWER_ONLY);

    engine.post("fired", "{\"amount\": 5}");

    assertThat(seen).containsExactly(entry("first", Kind.FIRED), entry("second", Kind.FIRED));
  }

  @Test
  void whenNoTriggerIsOnThePathOrForTheMethodThenThereIsNone() {
    deploy("get", "only/get", "\"method\": \"GET\", " + ANSWER_ONLY);

    engine.post("only/nowhere", "{}");
    engine.post("only/get", "{}");

    assertThat(seen)
        .containsExactly(entry(NO_TRIGGER, Kind.NOT_MATCHED), entry(NO_TRIGGER, Kind.NOT_MATCHED));
  }

  @Test
  void whenNoTriggerOfThePathMatchesThenEachIsTold() {
    deploy("byHeader", "not/matched", "\"headers\": {\"X-Event\": \"a\"}, " + ANSWER_ONLY);
    deploy("byParam", "not/matched", "\"params\": {\"event\": \"a\"}, " + ANSWER_ONLY);

    engine.post("not/matched", "{}");

    assertThat(seen)
        .containsExactly(entry("byHeader", Kind.NOT_MATCHED), entry("byParam", Kind.NOT_MATCHED));
  }

  @Test
  void whenNothingTakesTheEventThenItIsToldApartFromNoMatch() {
    deploy("untaken", "not/taken", starts("noSuchProcess"));

    engine.post("not/taken", "{}");

    assertThat(seen).containsExactly(entry("untaken", Kind.NOT_TAKEN));
  }

  @Test
  void whenRequestIsRefusedThenTheReasonIsTold() {
    deploy(
        "limited",
        "refused/limited",
        "\"rateLimit\": {\"limit\": 1, \"period\": \"PT1H\"}, " + ANSWER_ONLY);
    deploy(
        "locked",
        "refused/locked",
        "\"authentication\": {\"type\": \"bearer\", \"secret\": \"key\"}, " + ANSWER_ONLY);

    engine.post("refused/locked", "{}");
    engine.post("refused/limited", "{");
    engine.post("refused/limited", "{}");
    deploy("large", "refused/large", ANSWER_ONLY);
    engine.post("refused/large", " ".repeat(1024 * 1024 + 1));

    assertThat(seen)
        .containsExactly(
            entry("locked", Kind.UNAUTHORIZED),
            entry("limited", Kind.BAD_REQUEST),
            entry("limited", Kind.TOO_MANY_REQUESTS),
            entry("large", Kind.TOO_LARGE));
  }

  @Test
  void whenTheEngineFailsOrTheRaceIsLostThenThatIsTold() {
    deploy("failing", "engine/failing", starts("failing"));
    deploy("losing", "engine/losing", starts("losing"));
    deployTask("failing", "flowable:expression=\"${missing.bean}\"");
    deployTask("losing", "flowable:class=\"%s\"".formatted(Loser.class.getName()));

    engine.post("engine/failing", "{}");
    engine.post("engine/losing", "{}");

    assertThat(seen)
        .containsExactly(entry("failing", Kind.FAILED), entry("losing", Kind.LOST_RACE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'method': ['PUT', 'GET'] | METHOD | it takes PUT, GET only
          'authentication': {'type': 'bearer', 'secret': 'key'} | AUTHENTICATION | header authorization holds no bearer credentials
          'authentication': {'type': 'basic', 'username': 'u', 'secret': 'key'} | AUTHENTICATION | no secret matches
          'authentication': {'type': 'api-key', 'header': 'X-Key', 'secret': 'key'} | AUTHENTICATION | header x-key is missing
          'signature': {'scheme': 'github', 'secret': 'key'} | SIGNATURE | no secret matches
          'signature': {'scheme': 'stripe', 'secret': 'key'} | SIGNATURE | header stripe-signature does not hold one timestamp
          'signature': {'scheme': 'svix', 'secret': 'base64'} | SIGNATURE | header svix-id is missing
          'signature': {'scheme': 'slack', 'secret': 'key'} | SIGNATURE | the timestamp is 412 s old, and 300 s are tolerated
          'signature': {'scheme': 'hmac', 'header': 'X-Twice', 'secret': 'key'} | SIGNATURE | header x-twice occurs more than once
          'headers': {'X-Event': 'other', 'Accept': 'a'} | HEADERS | header x-event has another value
          'headers': {'X-Other': 'a'} | HEADERS | header x-other is missing
          'params': {'event': 'other'} | PARAMS | parameter event has another value
          'params': {'other': 'a'} | PARAMS | parameter other is missing
          'condition': '${body.amount > 5}' | CONDITION | the condition is false
          'condition': '${body.none}' | CONDITION | the condition gives no value
          'condition': '${body.amount}' | CONDITION | the condition gives a value that is neither true nor false
          'condition': '${body.amount.none()}' | CONDITION | the condition fails: it does not suit what the request holds
          'condition': '${body.amount > 5}', 'params': {'other': 'a'}, 'method': 'PUT' | METHOD | it takes PUT only
          'condition': '${body.amount > 5}', 'params': {'other': 'a'} | PARAMS | parameter other is missing
          """)
  void whenACheckRefusesThenListenersAndTheLogTellTheFirstThatDidAndWhatItSaw(
      String properties, Check check, String reason) {
    // Beside another of the path, which fires: each decides for itself.
    deploy("refusing", "reasons", properties.strip().replace('\'', '"') + ", " + ANSWER_ONLY);
    deploy("taking", "reasons", ANSWER_ONLY);
    LoggedEvents log = LoggedEvents.of(WebhookEndpoint.class).at(Level.DEBUG);
    engine.configuration().getClock().setCurrentTime(Date.from(Instant.ofEpochSecond(1700000412)));
    try (log) {
      engine.sendBytes(
          "POST",
          "reasons?event=a",
          Map.of(
              "content-type", List.of("application/json"),
              "authorization", List.of("Basic dTpvcGVuIHNlc2FtQQ=="),
              "x-event", List.of("a"),
              "x-twice", List.of("a", "a"),
              "stripe-signature", List.of("v1=0"),
              "x-hub-signature-256", List.of("sha256=00"),
              "x-slack-signature", List.of("v0=00"),
              "x-slack-request-timestamp", List.of("1700000000")),
          "{\"amount\": 5}".getBytes(StandardCharsets.UTF_8));
    } finally {
      engine.configuration().getClock().reset();
    }

    WebhookOutcome outcome = outcomes.get(0);
    assertThat(outcome.kind()).isEqualTo(Kind.FIRED);
    assertThat(outcome.status()).isEqualTo(200);
    assertThat(outcome.method()).isEqualTo("POST");
    assertThat(outcome.path()).isEqualTo("reasons");
    assertThat(outcome.bytes()).isEqualTo(13);
    assertThat(outcome.duration()).isPositive();
    assertThat(outcome.triggers())
        .containsExactly(
            new TriggerOutcome("refusing", "", new TriggerOutcome.Refused(check, reason)),
            new TriggerOutcome("taking", "", new TriggerOutcome.Fired("none", "", List.of())));
    assertThat(log.messages())
        .containsExactly("Webhook trigger refusing refused a request at " + check + ": " + reason);
  }

  @Test
  void whenARateIsReachedThenTheReasonTellsWhenTheNextRequestIsTaken() {
    deploy(
        "hourly",
        "reasons/rate",
        "\"rateLimit\": {\"limit\": 1, \"period\": \"PT1H\"}, " + ANSWER_ONLY);
    engine.post("reasons/rate", "{}");
    engine.post("reasons/rate", "{}");

    assertThat(outcomes.get(1).triggers().get(0).verdict())
        .isInstanceOfSatisfying(
            TriggerOutcome.Refused.class,
            refused -> {
              assertThat(refused.check()).isEqualTo(Check.RATE_LIMIT);
              assertThat(refused.reason())
                  .matches("the limit is reached; the next request is taken in 3[0-9]{3} s");
            });
  }

  @Test
  void whenInstancesAreStartedOrWokenThenTheOutcomeNamesThem() {
    deploy("starting", "ids/start", starts("held"));
    deploy(
        "messaging",
        "ids/message",
        "\"action\": {\"type\": \"message\", \"name\": \"go\", \"correlationKey\": \"${body.key}\"}");
    deploy("signalling", "ids/signal", "\"action\": {\"type\": \"signal\", \"name\": \"all\"}");
    deploy("publishing", "ids/event", "\"channelEventKeyDetection\": {\"fixedValue\": \"told\"}");
    engine.deploy(
        "told.event",
        "{\"key\": \"told\", \"payload\": []}",
        "held.bpmn20.xml",
        """
        <message id="m" name="go"/><signal id="g" name="all"/>
        <process id="held"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
          <intermediateCatchEvent id="w"><messageEventDefinition messageRef="m"/>
          </intermediateCatchEvent><sequenceFlow sourceRef="w" targetRef="v"/>
          <intermediateCatchEvent id="v"><signalEventDefinition signalRef="g"/>
          </intermediateCatchEvent><sequenceFlow sourceRef="v" targetRef="t"/>
          <receiveTask id="t"><extensionElements><flowable:eventType>told</flowable:eventType>
          </extensionElements></receiveTask></process>
        """);

    String id = engine.runtime().startProcessInstanceByKey("held", "A-1").getProcessInstanceId();
    engine.post("ids/message", "{\"key\": \"A-1\"}");
    engine.post("ids/signal", "{}");
    engine.post("ids/event", "{}");
    engine.post("ids/event", "{}");
    engine.post("ids/start", "{}");

    assertThat(outcomes.stream().map(outcome -> outcome.triggers().get(0).verdict()))
        .containsExactly(
            new TriggerOutcome.Fired("message", "go", List.of(id)),
            new TriggerOutcome.Fired("signal", "all", List.of(id)),
            new TriggerOutcome.Fired("event", "told", List.of(id)),
            new TriggerOutcome.NotTaken("event", "told"),
            new TriggerOutcome.Fired(
                "startProcess",
                "held",
                List.of(engine.runtime().createProcessInstanceQuery().singleResult().getId())));
  }

  /** Always finds that another transaction was faster. */
  public static final class Loser implements JavaDelegate {
    @Override
    public void execute(DelegateExecution execution) {
      throw new FlowableOptimisticLockingException("lost");
    }
  }

  private void deploy(String key, String path, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, path, properties));
  }

  private void deployTask(String process, String attributes) {
    engine.deploy(
        process + ".bpmn20.xml",
        """
        <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <serviceTask id="t" %s/></process>
        """
            .formatted(process, attributes));
  }

  private static String starts(String process) {
    return "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"%s\"}"
        .formatted(process);
  }
}
