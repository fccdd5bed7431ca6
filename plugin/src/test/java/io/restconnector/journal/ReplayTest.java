package io.restconnector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnector;
import io.restconnector.journal.JournalSettings.Capture;
import io.restconnector.spi.Secret;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayTest {

  private static final String START =
      "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"p\"}";
  private static final String KEY =
      "\"authentication\": {\"type\": \"api-key\", \"header\": \"X-Key\", \"secret\": \"key\"}, ";

  private static final String READS_BODY =
      "\"condition\": \"${body == 'never'}\", \"action\": {\"type\": \"none\"}";

  private WebhookEngine engine;

  @BeforeAll
  void start() {
    engine =
        WebhookEngine.with(
            WebhookEngine.settings(Map.of("key", Secret.of("open sesame")))
                .withOperations(new OperationsSettings(true))
                .withJournal(JournalSettings.defaults().withCapture(Capture.BODIES)));
    engine.deploy(
        "p.bpmn20.xml",
        "<process id=\"p\"><startEvent id=\"s\"/><sequenceFlow sourceRef=\"s\" targetRef=\"t\"/>"
            + "<userTask id=\"t\"/></process>");
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /** The trigger {@code path}, and another that wants no request but looks at its body. */
  private void deployBeside(String path) {
    engine.deploy(
        path + ".channel",
        WebhookEngine.channel(path, path, KEY + START),
        "a-" + path + ".channel",
        WebhookEngine.channel("a-" + path, path, READS_BODY));
  }

  private RestConnector connector() {
    return RestConnector.of(engine.engine);
  }

  private RequestEntry send(String path, String key, String body) {
    engine.send("POST", path, Map.of("content-type", "application/json", "x-key", key), body);
    return connector().journal().requests().get(0);
  }

  private long instances() {
    return engine.runtime().createProcessInstanceQuery().count();
  }

  @Test
  void whenARequestIsReplayedThenItFiresOnceMoreAndTheJournalSaysSo() {
    engine.deploy(
        "known.channel",
        WebhookEngine.channel(
            "known",
            "known/{id}",
            KEY
                + "\"rateLimit\": {\"limit\": 1, \"period\": \"PT1H\"}, \"condition\":"
                + " \"${params.live == 'true' && body.n == 5 && body.text == 'a/\\u00e9'}\","
                + START));
    RequestEntry first =
        send("known/A%2F1?live=true", "open sesame", "{\"n\": 5, \"text\": \"a\\/\\u00e9\"}");
    assertThat(first.outcome()).isEqualTo("Fired");
    assertThat(first.replayable()).isTrue();
    assertThat(first.replayOf()).isNull();
    long before = instances();

    Explanation explanation = connector().explain(first.id());
    assertThat(explanation.triggers().get(0).checks().get(1))
        .isEqualTo(new Explanation.Check(Check.AUTHENTICATION, "passed", null));
    assertThat(explanation.status()).isEqualTo(429); // the sender would be

    RequestEntry again = Objects.requireNonNull(connector().replay(first.id()));
    assertThat(again.replayOf()).isEqualTo(first.id());
    assertThat(again.path()).isEqualTo(first.path());
    assertThat(again.outcome()).isEqualTo("Fired");
    assertThat(instances()).isEqualTo(before + 1);
    assertThat(connector().journal().requests().get(0)).isEqualTo(again);
  }

  /** An operator does not wait for a process. */
  @Test
  void whenTheProcessOfAReplayedRequestAnswersThenTheJournalHasTheReplayAtOnce() {
    engine.deploy(
        "asks.channel",
        WebhookEngine.channel(
            "asks",
            "asks",
            START
                + ", \"condition\": \"${body == 1}\","
                + " \"respond\": {\"when\": \"t\", \"within\": \"PT5M\"}"));
    RequestEntry first = send("asks", "", "1");
    assertThat(first.status()).isEqualTo(200);
    engine.deploy(
        "asks.channel",
        WebhookEngine.channel(
            "asks", "asks", START + ", \"respond\": {\"when\": \"ended\", \"within\": \"PT5M\"}"));

    RequestEntry again = Objects.requireNonNull(connector().replay(first.id()));

    assertThat(again.replayOf()).isEqualTo(first.id());
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.outcome()).isEqualTo("Fired");
    assertThat(WebhookEndpoint.of(engine.engine).triggers().waitingRequests()).isZero();
  }

  @Test
  void whenTheSenderWasNotKnownThenAReplayIsRefusedAsThen() {
    deployBeside("unknown");
    RequestEntry first = send("unknown", "wrong", "{}");
    long before = instances();

    RequestEntry again = Objects.requireNonNull(connector().replay(first.id()));
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.triggers().get(1).check()).isEqualTo(Check.AUTHENTICATION);
    assertThat(again.triggers().get(1).reason())
        .isEqualTo(first.triggers().get(1).reason())
        .isEqualTo("no secret matches");
    assertThat(instances()).isEqualTo(before);
  }

  @Test
  void whenATriggerIsNewerThanTheRequestThenItDoesNotKnowItsSender() {
    engine.deploy("a.channel", WebhookEngine.channel("a-newer", "newer", READS_BODY));
    RequestEntry first = send("newer", "open sesame", "{}");
    deployBeside("newer");

    RequestEntry again = Objects.requireNonNull(connector().replay(first.id()));
    assertThat(again.triggers().get(1).check()).isEqualTo(Check.AUTHENTICATION);
    assertThat(again.triggers().get(1).reason())
        .isEqualTo(
            "this was not checked when the request came, and the journal keeps no credentials");
  }

  @Test
  void whenADeliveryWasAnsweredThenItsReplayDoesNothing() {
    engine.deploy(
        "once.channel",
        WebhookEngine.channel(
            "once", "once", "\"deduplication\": {\"key\": \"${body.id}\"}, " + START));
    RequestEntry first = send("once", "", "{\"id\": 1}");
    long before = instances();

    RequestEntry again = Objects.requireNonNull(connector().replay(first.id()));
    assertThat(again.triggers().get(0).result()).isEqualTo("repeated");
    assertThat(instances()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          path       | application/json         | {"a": "open sesame"}
          path?token=a | application/json       | {}
          path       | application/x-www-form-urlencoded | a=b&password=c
          path       | application/octet-stream | abc
          path       | text/plain               | long
          open%20sesame | text/plain            | abc
          """)
  void whenARequestIsNotKeptWholeThenItIsNotReplayed(String path, String type, String body) {
    engine.deploy("kept.channel", WebhookEngine.channel("kept", "{path}", READS_BODY));
    String sent = body.equals("long") ? "x".repeat(11_000) : body;
    engine.send("POST", path, Map.of("content-type", type), sent);
    RequestEntry entry = connector().journal().requests().get(0);

    assertThat(entry.replayable()).isFalse();
    assertThatThrownBy(() -> connector().replay(entry.id()))
        .isInstanceOf(RefusedOperationException.class)
        .hasMessageStartingWith("Request " + entry.id() + " is not kept whole");
    assertThatThrownBy(() -> connector().explain(entry.id()))
        .isInstanceOf(RefusedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json; charset=UTF-16 | UTF-16   | {"a": "\u00e9"}
          text/plain; charset=ISO-8859-1   | ISO-8859-1 | \u00e9
          application/xml                  | UTF-8    | <a>\u00e9</a>
          application/json                 | UTF-8    | ''
          """)
  void whenABodyIsTextOfAnyCharsetThenItIsReplayedAsItCame(String type, String charset, String body)
      throws Exception {
    engine.deploy("kept.channel", WebhookEngine.channel("kept", "{path}", READS_BODY));
    engine.sendBytes(
        "POST", "nowhere", Map.of("content-type", List.of(type)), body.getBytes(charset));
    RequestEntry entry = connector().journal().requests().get(0);

    assertThat(entry.replayable()).isTrue();
    RequestEntry again = Objects.requireNonNull(connector().replay(entry.id()));
    assertThat(again.bytes()).isEqualTo(body.getBytes(charset).length);
    assertThat(again.body()).isEqualTo(entry.body());
  }

  @Test
  void whenABodyWasNotReadThenTheRequestIsNotReplayed() {
    RequestEntry entry = send("no/trigger/is/here", "", "{}");

    assertThat(entry.outcome()).isEqualTo("NotMatched");
    assertThat(entry.replayable()).isFalse();
  }

  @Test
  void whenTheJournalHasForgottenARequestThenTheRefusalSaysSo() {
    assertThatThrownBy(() -> connector().replay(999_999))
        .hasMessage("The journal has no request 999999");
  }

  @Test
  void whenAProcessIsToAnswerThenAReplayDoesNotWaitForIt() {
    engine.deploy(
        "responds.channel",
        WebhookEngine.channel(
            "responds",
            "responds",
            START
                + ", \"respond\": {\"when\": \"ended\", \"within\": \"PT0.001S\", \"body\": \"${result}\"}"));
    RequestEntry first = send("responds", "", "{}");
    assertThat(first.status()).isEqualTo(202);

    RequestEntry again = Objects.requireNonNull(connector().replay(first.id()));
    assertThat(again.replayOf()).isEqualTo(first.id());
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.triggers().get(0).instances()).hasSize(1);
  }
}
