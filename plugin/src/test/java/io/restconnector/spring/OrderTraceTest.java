package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flowable.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.Test;

/** The sample order, from its webhook to its shipment, on two nodes. */
class OrderTraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void whenAnOrderIsShippedThenOneTraceShowsItAsTheDocsDo() throws IOException {
    DataSource database = PlainEngines.database();
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    try (RawServer shop =
            RawServer.answering(
                RawServer.response(
                    "200 OK\r\nContent-Type: application/json", "{\"price\": 19.99}"));
        TracedNode first = TracedNode.start("shop-1", database, spans, false, beans(shop));
        TracedNode second = TracedNode.start("shop-2", database, spans, true, beans(shop))) {
      deploy(first);

      first.post(
          "orders",
          "{\"orderId\": \"A-1\", \"item\": \"lamp\", \"currency\": \"EUR\"}",
          Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01", "baggage", "shop=s-1"));
      first.post(
          "payments/A-1",
          "{\"paymentId\": \"P-1\", \"settled\": true}",
          Map.of("traceparent", traceOfPayment(shop), "baggage", "shop=s-1"));

      await().atMost(Duration.ofSeconds(60)).until(() -> spans.getFinishedSpanItems().size() == 8);
      assertThat(
              second
                  .engine
                  .getHistoryService()
                  .createHistoricActivityInstanceQuery()
                  .activityId("shipped")
                  .count())
          .isEqualTo(1);
      assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getTraceId).containsOnly(TRACE);
      assertThat(shop.requests()).hasSize(4).allMatch(call -> call.contains("baggage: shop=s-1"));
      assertThat(Files.readString(Path.of("../docs/operations.md")))
          .contains(SpanTree.of(spans.getFinishedSpanItems()));
    }
  }

  private static Map<Object, Object> beans(RawServer shop) {
    return Map.of("backend", shop.url(""), "callbacks", Map.of("url", "http://localhost"));
  }

  /** As a payment service passes it on that takes part in the trace. */
  private static String traceOfPayment(RawServer shop) {
    return Pattern.compile("POST /payments .*?\r\ntraceparent: ([^\r]*)", Pattern.DOTALL)
        .matcher(String.join("", shop.requests()))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static void deploy(TracedNode node) {
    DeploymentBuilder deployment = node.engine.getRepositoryService().createDeployment();
    for (String file :
        new String[] {
          "order.bpmn20.xml",
          "orderPlaced.event",
          "paymentSettled.event",
          "orders.channel",
          "payments.channel"
        }) {
      deployment.addClasspathResource("processes/" + file);
    }
    deployment.deploy();
  }
}
