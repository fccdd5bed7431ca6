package io.restconnector.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.flowable.engine.HistoryService;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every process of the folder processes, against the demo's own back end. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:samples;DB_CLOSE_DELAY=-1",
      "demo.pace=0s",
      "rest-connector.circuit-breaker.minimum-number-of-calls=1000",
      "rest-connector.circuit-breaker.sliding-window-size=1000"
    })
@ExtendWith(OutputCaptureExtension.class)
class SampleProcessesTest {

  @Autowired private RuntimeService runtime;
  @Autowired private HistoryService history;
  @Autowired private RepositoryService repository;
  @Autowired private SampleOrders samples;
  @Autowired private Callbacks callbacks;

  @ParameterizedTest
  @CsvSource({
    "lamp, EUR, shipped",
    "lamp, CHF, shipped",
    "vase, EUR, backordered",
    "lamp, XTS, postponed"
  })
  void whenAnOrderArrivesThenItEndsWhereItShould(String item, String currency, String end)
      throws Exception {
    String orderId = "T-" + item + currency;
    int status =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(callbacks.getUrl() + "/orders"))
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"orderId\":\"%s\",\"item\":\"%s\",\"currency\":\"%s\"}"
                                .formatted(orderId, item, currency)))
                    .build(),
                BodyHandlers.discarding())
            .statusCode();

    assertThat(status).isEqualTo(202);
    String instance =
        history
            .createHistoricProcessInstanceQuery()
            .variableValueEquals("orderId", orderId)
            .singleResult()
            .getId();
    await().untilAsserted(() -> assertThat(endEvents(instance)).containsExactly(end));
  }

  @ParameterizedTest
  @CsvSource({"lamp, removed", "ghost, nothingToDo"})
  void whenAnItemIsRetiredThenTheProcessEndsWhereItShould(String item, String end) {
    String instance = runtime.startProcessInstanceByKey("catalog", Map.of("item", item)).getId();

    assertThat(endEvents(instance)).containsExactly(end);
  }

  @ParameterizedTest
  @CsvSource({"lamp, done", "ghost, nothing"})
  void whenADeliveryIsAskedForThenItEndsWhereItShould(String item, String end) {
    String instance = runtime.startProcessInstanceByKey("delivery", Map.of("item", item)).getId();

    await().untilAsserted(() -> assertThat(endEvents(instance)).containsExactly(end));
  }

  @Test
  void whenFilesAreAddedThenThisTestMustRunThem() {
    assertThat(repository.createProcessDefinitionQuery().list())
        .extracting(ProcessDefinition::getKey)
        .containsExactlyInAnyOrder("order", "catalog", "delivery");
  }

  @Test
  void whenSamplesRunThenTheirPathsAreTold(CapturedOutput output) throws Exception {
    samples.place();

    assertThat(output)
        .contains("ordered > price > reserve > pay > settled > carrier > shipped")
        .contains("The payment service calls back before it answers -> 200")
        .contains("ordered > price > reserve > backordered")
        .contains("ordered > price > reserve > pay > postponed");
  }

  private List<String> endEvents(String instance) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .activityType("endEvent")
        .list()
        .stream()
        .map(activity -> activity.getActivityId())
        .toList();
  }
}
