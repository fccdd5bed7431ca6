package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Extensions;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls as observations; those of webhooks and jobs are in {@link OrderTraceTest}. */
class RestConnectorObservationsTest {

  private static final String OK = RawServer.response("200 OK", "");
  private static final String OWN = "00-11111111111111111111111111111111-2222222222222222-01";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final ObservationRegistry observations = TracedNode.observations("test", spans);

  private RestClient client() {
    return new RestClient(
        HttpSettings.defaults(),
        new Extensions(
            List.of(new RestConnectorObservations(observations)), List.of(), List.of(), List.of()));
  }

  private static RestRequest request(String url, Header... headers) {
    return new RestRequest(
            "GET", URI.create(url), List.of(headers), null, Duration.ofSeconds(20), false)
        .from(new CallSource(CallSource.Kind.DELEGATE, "order", "order:1:7", "42", "price", null));
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK, 2xx, 200, ",
    "204 No Content, 2xx, 204, ",
    "404 Not Found, 4xx, 404, 404",
    "503 Away, 5xx, 503, 503"
  })
  void whenACallIsAnsweredThenItsSpanHasWhatTheConventionsName(
      String line, String outcome, String status, String error) throws IOException {
    try (RawServer server =
            RawServer.answering(
                line.startsWith("204")
                    ? "HTTP/1.1 204 No Content\r\n\r\n"
                    : RawServer.response(line, ""));
        RestClient client = client()) {
      client.send(request(server.url("/items/7?key=0-Known-Secret#0-Known-Secret"))).join();

      SpanData span = span();
      Map<String, String> expected =
          new TreeMap<>(
              Map.of(
                  "http.request.method", "GET",
                  "server.address", "127.0.0.1",
                  "server.port", String.valueOf(server.port()),
                  "url.full", server.url("/items/7"),
                  "http.response.status_code", status,
                  "outcome", outcome,
                  "bpmn.process.definition.key", "order",
                  "bpmn.process.instance.id", "42",
                  "bpmn.activity.id", "price"));
      if (error != null) {
        expected.put("error.type", error);
      }
      assertThat(span.getName()).isEqualTo("GET");
      assertThat(attributes(span)).isEqualTo(expected);
      assertThat(span.getStatus().getStatusCode() == StatusCode.ERROR).isEqualTo(error != null);
      assertThat(span.toString()).doesNotContain("0-Known-Secret");
    }
  }

  @Test
  void whenACallGetsNoResponseThenTheSpanHasTheKindOfFailureAndNoStatus() throws IOException {
    RawServer gone = RawServer.answering(OK);
    gone.close();
    try (RestClient client = client()) {
      client.send(request(gone.url("/x"))).join();

      assertThat(attributes(span()))
          .containsEntry("error.type", "ConnectionFailed")
          .containsEntry("outcome", "ConnectionFailed")
          .doesNotContainKey("http.response.status_code");
    }
  }

  @Test
  void whenACallIsAbandonedThenItsSpanEnds() throws IOException {
    try (RawServer silent = RawServer.start(RawServer.Peer::readRequest);
        RestClient client = client()) {
      CompletableFuture<CallOutcome> call = client.send(request(silent.url("/x")));
      await().until(() -> !silent.requests().isEmpty());
      call.cancel(false);

      await().until(() -> !spans.getFinishedSpanItems().isEmpty());
      assertThat(attributes(span())).containsEntry("error.type", "Abandoned");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void whenARedirectLeadsToAnotherOriginThenTheTraceStaysBehind(String method) throws IOException {
    try (RawServer other = RawServer.answering(OK);
        RawServer first =
            RawServer.start(
                RawServer.replying(
                    request ->
                        RawServer.response(
                            "307 Elsewhere\r\nLocation: "
                                + (request.contains(" /start ") ? "/next" : other.url("/other")),
                            "")));
        RestClient client = client()) {
      RestRequest plain = request(first.url("/start"), new BasicHeader("X-Any", "any"));
      client
          .send(new RestRequest(method, plain.uri(), plain.headers(), null, plain.timeout(), false))
          .join();

      assertThat(first.requests()).hasSize(2).allMatch(request -> request.contains("traceparent:"));
      assertThat(other.requests())
          .singleElement()
          .asString()
          .contains("X-Any: any")
          .doesNotContainIgnoringCase("traceparent");
    }
  }

  @Test
  void whenTheTaskSendsATraceOfItsOwnThenItIsSentAsItIs() throws IOException {
    try (RawServer other = RawServer.answering(OK);
        RawServer first =
            RawServer.answering(
                RawServer.response("302 Elsewhere\r\nLocation: " + other.url("/other"), ""));
        RestClient client = client()) {
      client.send(request(first.url("/start"), new BasicHeader("TraceParent", OWN))).join();

      assertThat(first.requests().get(0)).containsOnlyOnce("-2222222222222222-01");
      assertThat(first.requests().get(0)).contains("TraceParent: " + OWN);
      assertThat(first.requests().get(0)).doesNotContain("traceparent:");
      assertThat(other.requests().get(0)).contains("TraceParent: " + OWN);
    }
  }

  @Test
  void whenNothingObservesThenACallIsSentAsItIs() throws IOException {
    try (RawServer server = RawServer.answering(OK);
        RestClient client =
            new RestClient(
                HttpSettings.defaults(),
                new Extensions(
                    List.of(new RestConnectorObservations(ObservationRegistry.create())),
                    List.of(),
                    List.of(),
                    List.of()))) {
      client.send(request(server.url("/x"))).join();

      assertThat(server.requests().get(0)).doesNotContainIgnoringCase("traceparent");
    }
  }

  private SpanData span() {
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    return spans.getFinishedSpanItems().get(0);
  }

  static Map<String, String> attributes(SpanData span) {
    Map<String, String> attributes = new TreeMap<>();
    span.getAttributes()
        .forEach(
            (AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value.toString()));
    return attributes;
  }
}
