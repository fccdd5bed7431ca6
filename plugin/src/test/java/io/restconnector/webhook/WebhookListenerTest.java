package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.spi.Secret;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.internal.trust.SignatureTriggerTest;
import java.util.ArrayList;
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

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookListenerTest {

  private static final String NO_TRIGGER = "none";
  private static final String ANSWER_ONLY = "\"action\": {\"type\": \"none\"}";

  private final List<Map.Entry<String, Kind>> seen = new ArrayList<>();
  private TestEngine engine;

  @BeforeAll
  void start() {
    engine =
        TestEngine.on(
            TestDatabase.H2,
            TestDatabase.H2.url(),
            configuration ->
                configuration.addConfigurator(
                    RestConnectorConfigurator.builder()
                        .settings(
                            SignatureTriggerTest.settings(Map.of("key", Secret.of("open sesame"))))
                        .webhookListener(this::see)
                        .build()));
  }

  private void see(WebhookOutcome outcome) {
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

  /** Always finds that another transaction was faster. */
  public static final class Loser implements JavaDelegate {
    @Override
    public void execute(DelegateExecution execution) {
      throw new FlowableOptimisticLockingException("lost");
    }
  }

  private void deploy(String key, String path, String properties) {
    engine.deploy(key + ".channel", TestEngine.channel(key, path, properties));
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
