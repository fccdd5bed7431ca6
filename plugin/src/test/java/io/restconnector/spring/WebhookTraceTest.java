package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.restconnector.RestConnector;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.webhook.Webhooks;
import io.restconnector.webhook.internal.AwaitedAnswer;
import io.restconnector.webhook.internal.Reception;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** Webhook requests as observations. */
class WebhookTraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SENDER = "00f067aa0ba902b7";
  private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

  private static TracedNode node;

  @BeforeAll
  static void start() {
    node = TracedNode.start("node", PlainEngines.database(), SPANS, false, Map.of());
    node.engine
        .getRepositoryService()
        .createDeployment()
        .addString("ping.channel", channel("ping", "ping/{id}", "{\"type\": \"none\"}"))
        .addString(
            "broken.channel",
            channel(
                "broken",
                "broken",
                "{\"type\": \"startProcess\", \"processDefinitionKey\": \"p\"}"))
        .addString(
            "p.bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
              xmlns:flowable="http://flowable.org/bpmn" targetNamespace="test"><process id="p">
              <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
              <serviceTask id="t" flowable:expression="${nobody.fails()}"/></process></definitions>
            """)
        .addString(
            "waits.channel",
            channel(
                "waits",
                "waits",
                """
                {"type": "startProcess", "processDefinitionKey": "waiting"},
                "respond": {"when": "ended", "within": "PT5M", "body": "${result}"}
                """))
        .addString(
            "waiting.bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test">
              <process id="waiting"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
              <userTask id="t"/></process></definitions>
            """)
        .addString(
            "call.bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
              xmlns:flowable="http://flowable.org/bpmn" targetNamespace="test"><process id="call">
              <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
              <serviceTask id="t" flowable:delegateExpression="${restGet}"/>
              <boundaryEvent id="b" attachedToRef="t"><errorEventDefinition/></boundaryEvent>
            </process></definitions>
            """)
        .deploy();
  }

  private static String channel(String key, String path, String action) {
    return """
        {"key": "%s", "channelType": "inbound", "type": "webhook", "path": "%s",
         "method": "POST", "headers": {"X-Kind": "a"}, "action": %s}
        """
        .formatted(key, path, action);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void forget() {
    SPANS.reset();
  }

  private static Webhooks.Answer post(String path, String kind, String traceparent) {
    return Webhooks.of(node.engine)
        .answer(
            "POST",
            path,
            Map.of(
                "X-Kind", List.of(kind),
                "Traceparent", List.of(traceparent),
                "Authorization", List.of("Bearer 0-Known-Secret")),
            "0-Known-Secret".getBytes(StandardCharsets.UTF_8));
  }

  private static SpanData span() {
    assertThat(SPANS.getFinishedSpanItems()).hasSize(1);
    return SPANS.getFinishedSpanItems().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ping/7?t=0-Known-Secret | a | POST /rest-connector/events/ping/{id} | 200 | Fired      |",
        "ping/7                  | b | POST /rest-connector/events/ping/{id} | 404 | NotMatched |",
        "pong                    | a | POST                                  | 404 | NotMatched |",
        "broken                  | a | POST /rest-connector/events/broken    | 500 | Failed | 500"
      })
  void whenARequestIsAnsweredThenItsSpanGoesOnWithTheTraceOfItsSender(
      String path, String kind, String name, String status, String outcome, String error) {
    post(path, kind, "00-" + TRACE + "-" + SENDER + "-01");

    SpanData span = span();
    assertThat(span.getName()).isEqualTo(name);
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(SENDER);
    Map<String, String> attributes = RestConnectorObservationsTest.attributes(span);
    assertThat(attributes)
        .containsEntry("http.request.method", "POST")
        .containsEntry("url.path", "/rest-connector/events/" + path.replaceFirst("\\?.*", ""))
        .containsEntry("http.response.status_code", status)
        .containsEntry("outcome", outcome);
    assertThat(attributes.get("error.type")).isEqualTo(error);
    assertThat(attributes.get("http.route"))
        .isEqualTo(name.equals("POST") ? null : name.substring("POST ".length()));
    assertThat(span.toString()).doesNotContain("0-Known-Secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00-zz-1-01", "00-00000000000000000000000000000000-1-01", "é"})
  void whenTheTraceOfTheSenderIsNoneThenTheRequestBeginsOne(String traceparent) {
    post("ping/7", "a", traceparent);

    assertThat(span().getParentSpanContext().isValid()).isFalse();
    assertThat(span().getTraceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
  }

  @Test
  void whenTheApplicationObservesTheRequestThenItIsAPartOfThat() {
    Observation filter = Observation.start("filter", node.observations);
    filter.observe(() -> post("ping/7", "a", "00-" + TRACE + "-" + SENDER + "-01"));

    SpanData outer = SPANS.getFinishedSpanItems().get(1);
    SpanData inner = SPANS.getFinishedSpanItems().get(0);
    assertThat(outer.getName()).isEqualTo("filter");
    assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
    assertThat(inner.getKind()).isEqualTo(SpanKind.INTERNAL);
  }

  @Test
  void whenASenderGoesAwayThatWaitsForAProcessThenTheSpanEnds() {
    Reception reception =
        WebhookEndpoint.of(node.engine)
            .receive(new WebhookRequest("POST", "waits", null, Map.of("x-kind", List.of("a"))), 0);
    reception.answer(new ByteArrayInputStream(new byte[0]));
    reception.close();
    AwaitedAnswer awaited = Objects.requireNonNull(reception.awaited());
    assertThat(SPANS.getFinishedSpanItems()).isEmpty();
    awaited.close();

    assertThat(RestConnectorObservationsTest.attributes(span()))
        .containsEntry("outcome", "Aborted")
        .containsEntry("error.type", "Aborted");
  }

  @Test
  void whenASenderGoesAwayThenTheSpanEnds() {
    WebhookEndpoint.of(node.engine)
        .receive(new WebhookRequest("POST", "ping/7", null, Map.of("x-kind", List.of("a"))), 7)
        .close();

    assertThat(RestConnectorObservationsTest.attributes(span()))
        .containsEntry("outcome", "Aborted")
        .containsEntry("error.type", "Aborted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping/7", "pong", "broken"})
  void whenTheTraceIsStartedForTheRequestThenTheJournalHasItsId(String path) {
    node.observations
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public void onScopeOpened(Observation.Context context) {
                MDC.put("traceId", TRACE);
              }

              @Override
              public void onScopeClosed(Observation.Context context) {
                MDC.remove("traceId");
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });
    post(path, "a", "");

    assertThat(RestConnector.of(node.engine).journal().requests().get(0).traceId())
        .isEqualTo(TRACE);
    assertThat(MDC.get("traceId")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-Known-Secret", "%30-Known%2DSecret"})
  void whenASecretStandsInAPathThenNoSpanShowsIt(String secret) {
    post("ping/" + secret, "a", "");
    assertThat(RestConnectorObservationsTest.attributes(span()))
        .containsEntry("url.path", "/rest-connector/events/ping/***");

    SPANS.reset();
    node.engine
        .getRuntimeService()
        .startProcessInstanceByKey("call", Map.of("restUrl", "http://127.0.0.1:1/x/" + secret));
    assertThat(RestConnectorObservationsTest.attributes(span()))
        .containsEntry("url.full", "http://127.0.0.1:1/x/***");
  }
}
