package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowable.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The recipes of the docs: their files are deployed and get what those services send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecipesTest {

  private static final Path RECIPES = Path.of("src/test/resources/recipes");
  private static final List<Path> PAGES =
      List.of(Path.of("../docs/webhooks.md"), Path.of("../docs/recipes.md"));

  private final WebhookEngine engine = WebhookEngine.with(SignedRecipesTest.SECRETS);

  RecipesTest() {
    files().forEach(file -> engine.deploy(file.getFileName().toString(), read(file)));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenThePageShowsAFileThenItIsTheFileThatIsTestedHere() {
    List<String> shown =
        PAGES.stream()
            .flatMap(page -> Pattern.compile("(?s)```json\n(.*?)```").matcher(read(page)).results())
            .map(match -> match.group(1))
            .toList();

    assertThat(shown).containsExactlyInAnyOrderElementsOf(files().map(RecipesTest::read).toList());
  }

  @Test
  void whenGitHubTellsOfAPullRequestThenAProcessStarts() {
    engine.deploy("review.bpmn20.xml", startedBy("review", "pullRequestOpened", "number", ""));

    WebhookResponse response =
        engine.send(
            "POST",
            "github",
            Map.of(
                "content-type", "application/json",
                "x-github-event", "pull_request",
                "x-github-delivery", "72d3162e"),
            """
            {"action": "opened", "repository": {"full_name": "a/b"}, "pull_request": {"number": 7}}
            """);

    assertThat(response.status()).isEqualTo(202);
    assertThat(variable("review", "number")).isEqualTo(7);
  }

  @Test
  void whenStripeTellsOfAPaymentThenTheInstanceThatWaitsForItIsWoken() {
    engine.deploy(
        "payment.bpmn20.xml", waitingFor("payment", "paymentSucceeded", "paymentIntent", "amount"));
    ProcessInstance instance =
        engine.runtime().startProcessInstanceByKey("payment", Map.of("paymentIntent", "pi_1"));

    WebhookResponse response =
        engine.post(
            "stripe",
            """
            {"type": "payment_intent.succeeded",
             "data": {"object": {"id": "pi_1", "amount_received": 1099}}}
            """);

    assertThat(response.status()).isEqualTo(200);
    assertThat(engine.runtime().getVariable(instance.getId(), "amount")).isEqualTo(1099L);
  }

  @Test
  void whenSlackVerifiesTheUrlThenTheChallengeIsEchoed() {
    WebhookResponse response =
        engine.post("slack", "{\"type\": \"url_verification\", \"challenge\": \"3eZbrw\"}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(WebhookEngine.text(response)).isEqualTo("{\"challenge\":\"3eZbrw\"}");
  }

  @Test
  void whenSlackTellsOfAMentionThenAProcessStarts() {
    engine.deploy(
        "answerMention.bpmn20.xml",
        """
        <process id="answerMention"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
        """);

    WebhookResponse response =
        engine.post(
            "slack",
            """
            {"type": "event_callback", "event_id": "Ev1",
             "event": {"type": "app_mention", "channel": "C1", "text": "hello ${1+1}"}}
            """);

    assertThat(response.status()).isEqualTo(200);
    assertThat(variable("answerMention", "text")).isEqualTo("hello ${1+1}");
  }

  @Test
  void whenAlertmanagerRepeatsAnAlertThenThereIsOneInstanceAndItsResolutionWakesIt() {
    engine.deploy(
        "incident.bpmn20.xml",
        startedBy(
            "incident",
            "alertFiring",
            "groupKey",
            """
            <flowable:startEventCorrelationConfiguration>storeAsUniqueReferenceId</flowable:startEventCorrelationConfiguration>
            """));
    engine.deploy("over.bpmn20.xml", waitingFor("over", "alertResolved", "groupKey", "groupKey"));
    engine.runtime().startProcessInstanceByKey("over", Map.of("groupKey", "{}:{a=\"b\"}"));
    String alert = "{\"status\": \"%s\", \"groupKey\": \"{}:{a=\\\"b\\\"}\", \"alerts\": []}";

    assertThat(engine.post("alertmanager", alert.formatted("firing")).status()).isEqualTo(200);
    assertThat(engine.post("alertmanager", alert.formatted("firing")).status()).isEqualTo(200);
    assertThat(engine.post("alertmanager", alert.formatted("resolved")).status()).isEqualTo(200);

    assertThat(
            engine.runtime().createProcessInstanceQuery().processDefinitionKey("incident").count())
        .isEqualTo(1);
    assertThat(
            engine.engine.getTaskService().createTaskQuery().processDefinitionKey("over").count())
        .isEqualTo(1);
  }

  private static String startedBy(String process, String event, String output, String more) {
    return """
        <process id="%s"><startEvent id="s"><extensionElements>
        <flowable:eventType>%s</flowable:eventType>%s
        <flowable:eventOutParameter source="%s" target="%s"/></extensionElements></startEvent>
        <sequenceFlow sourceRef="s" targetRef="t"/><userTask id="t"/></process>
        """
        .formatted(process, event, more, output, output);
  }

  private static String waitingFor(String process, String event, String key, String output) {
    return """
        <process id="%1$s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="w"/>
        <receiveTask id="w"><extensionElements><flowable:eventType>%2$s</flowable:eventType>
        <flowable:eventCorrelationParameter name="%3$s" value="${%3$s}"/>
        <flowable:eventOutParameter source="%4$s" target="%4$s"/></extensionElements></receiveTask>
        <sequenceFlow sourceRef="w" targetRef="t"/><userTask id="t"/></process>
        """
        .formatted(process, event, key, output);
  }

  private Object variable(String process, String name) {
    return engine
        .runtime()
        .getVariable(
            engine
                .runtime()
                .createProcessInstanceQuery()
                .processDefinitionKey(process)
                .singleResult()
                .getId(),
            name);
  }

  static Stream<Path> files() {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.toList().stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
