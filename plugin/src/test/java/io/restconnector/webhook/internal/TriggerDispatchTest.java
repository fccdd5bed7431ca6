package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One request as it comes in, without what reads and answers it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriggerDispatchTest {

  private static final long LIMIT = 1024 * 1024;

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);
  private final WebhookEndpoint endpoint = WebhookEndpoint.of(engine.engine);

  TriggerDispatchTest() {
    engine.deploy(
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
        """);
    String start =
        "\"method\": \"POST\", \"action\": {\"type\": \"startProcess\","
            + " \"processDefinitionKey\": \"p\"}, ";
    deploy("start", "go/{id}", start + "\"condition\": \"${body.n == 1}\"");
    deploy("small", "small", "\"maxBodySize\": 10, \"action\": {\"type\": \"none\"}");
    deploy("some", "some", "\"maxBodySize\": 10, \"action\": {\"type\": \"none\"}");
    deploy("more", "some", "\"maxBodySize\": 20, \"action\": {\"type\": \"none\"}");
    deploy(
        "nobody",
        "nobody",
        "\"eventNotMatchStatus\": 202, \"action\": {\"type\": \"signal\", \"name\": \"nobody\"}");
  }

  private void deploy(String key, String path, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, path, properties));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  private TriggerDispatch dispatch(String method, String path, Map<String, List<String>> headers) {
    return new TriggerDispatch(
        endpoint.triggers(),
        endpoint.settings(),
        new WebhookRequest(method, path, null, headers),
        Instant.EPOCH,
        Occasion.SENT);
  }

  private TriggerDispatch dispatch(String method, String path) {
    return dispatch(method, path, Map.of("content-type", List.of("application/json")));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private long instances() {
    return engine.runtime().createProcessInstanceQuery().processDefinitionKey("p").count();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "POST, go/1,   5, -",
        "POST, go/1,  -1, -",
        "GET,  go/1,   5, 404",
        "POST, none,   5, 404",
        "POST, nobody, 5, -",
        "POST, small, 10, -",
        "POST, some,  20, -"
      })
  void whenTheHeadHasComeThenTheAnswerIsKnownWhereNoTriggerCanWantTheRequest(
      String method, String path, long length, Integer status) throws Exception {
    WebhookResponse answer = dispatch(method, path).head(length);

    assertThat(answer == null ? null : answer.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"go/1, 1048577, 1048576", "none, 1048577, 1048576", "small, 11, 10", "some, 21, 20"})
  void whenTheBodyDeclaresToBeLargerThanAnyTriggerTakesThenItIsRefusedUnread(
      String path, long length, long limit) {
    assertThatThrownBy(() -> dispatch("POST", path).head(length))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The body is larger than %d bytes.".formatted(limit));
  }

  @Test
  void whenTriggersTakeLessThanTheEndpointThenTheLargestOfThemIsTheLimit() throws Exception {
    TriggerDispatch some = dispatch("POST", "some");
    assertThat(some.limit()).isEqualTo(LIMIT);
    some.head(-1);
    assertThat(some.limit()).isEqualTo(20);
  }

  @Test
  void whenABodyIsCodedThenItMayBeAsLargeAsTheLimitOnceItIsDecoded() {
    Map<String, List<String>> coded =
        Map.of("content-type", List.of("application/json"), "content-encoding", List.of("gzip"));

    assertThat(dispatch("POST", "go/1", coded).weight(5))
        .isEqualTo(dispatch("POST", "go/1").weight(LIMIT))
        .isGreaterThan(dispatch("POST", "go/1").weight(5));
  }

  @Test
  void whenARequestMatchesThenItsBodyFiresAndALookAtItDoesNot() throws Exception {
    long before = instances();
    TriggerDispatch looked = dispatch("POST", "go/1");
    looked.head(-1);
    assertThat(looked.match(bytes("{\"n\": 1}"))).isNull();
    assertThat(looked.matched()).hasSize(1);
    assertThat(instances()).isEqualTo(before);

    TriggerDispatch fired = dispatch("POST", "go/1");
    fired.head(-1);
    assertThat(fired.body(bytes("{\"n\": 1}")).status()).isEqualTo(200);
    assertThat(instances()).isEqualTo(before + 1);
    assertThat(fired.concernedKeys()).containsExactly("start");
    assertThat(fired.route()).isEqualTo("/rest-connector/events/go/{id}");
    assertThat(fired.pending()).isNull();
    fired.forget();
    assertThat(fired.concernedKeys()).isEmpty();
    assertThat(fired.route()).isNull();
    assertThat(fired.outcomes()).isEmpty();
    assertThat(fired.parts()).isEmpty();
  }

  @Test
  void whenNoTriggerWantsTheBodyOrNothingTakesItThenTheKindOfTheAnswerTells() throws Exception {
    TriggerDispatch unwanted = dispatch("POST", "go/1");
    unwanted.head(-1);
    WebhookResponse notMatched = unwanted.body(bytes("{\"n\": 2}"));
    TriggerDispatch nobody = dispatch("POST", "nobody");
    nobody.head(-1);
    WebhookResponse notTaken = nobody.body(bytes("{}"));

    assertThat(List.of(notMatched.kind(), notTaken.kind()))
        .containsExactly(Kind.NOT_MATCHED, Kind.NOT_TAKEN);
    assertThat(List.of(notMatched.status(), notTaken.status())).containsExactly(404, 202);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, .answers/x,   405",
    "GET,  .answers/x,   404",
    "HEAD, .answers/x,   404",
    "GET,  .answers,     404",
    "GET,  .answers/x/y, 404"
  })
  void whenAnAnswerOfAProcessIsAskedForThenNoTriggerSeesTheRequest(
      String method, String path, int status) throws Exception {
    TriggerDispatch asked = dispatch(method, path);
    WebhookResponse answer = Objects.requireNonNull(asked.head(-1));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().get("Allow")).isEqualTo(status == 405 ? "GET, HEAD" : null);
    assertThat(asked.isForAnswer()).isTrue();
    assertThat(asked.checks()).isNull();
  }
}
