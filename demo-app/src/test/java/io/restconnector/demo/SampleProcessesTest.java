package io.restconnector.demo;

import static org.assertj.core.api.Assertions.assertThat;

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
      "rest-connector.circuit-breaker.minimum-number-of-calls=1000",
      "rest-connector.circuit-breaker.sliding-window-size=1000"
    })
@ExtendWith(OutputCaptureExtension.class)
class SampleProcessesTest {

  @Autowired private RuntimeService runtime;
  @Autowired private HistoryService history;
  @Autowired private RepositoryService repository;
  @Autowired private SampleOrders samples;

  @ParameterizedTest
  @CsvSource({
    "order, lamp, EUR, shipped",
    "order, vase, EUR, backordered",
    "order, lamp, XTS, postponed",
    "catalog, lamp, EUR, removed",
    "catalog, ghost, EUR, nothingToDo"
  })
  void whenProcessRunsThenItEndsWhereItShould(
      String process, String item, String currency, String end) {
    String instance =
        runtime
            .startProcessInstanceByKey(
                process, Map.of("orderId", "T-1", "item", item, "currency", currency))
            .getId();

    assertThat(
            history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityType("endEvent")
                .list())
        .extracting(activity -> activity.getActivityId())
        .containsExactly(end);
  }

  @Test
  void whenFilesAreAddedThenThisTestMustRunThem() {
    assertThat(repository.createProcessDefinitionQuery().list())
        .extracting(ProcessDefinition::getKey)
        .containsExactlyInAnyOrderElementsOf(List.of("order", "catalog"));
  }

  @Test
  void whenSamplesRunThenTheirPathsAreTold(CapturedOutput output) {
    samples.run();

    assertThat(output)
        .contains("ordered > price > reserve > pay > shipped")
        .contains("ordered > price > reserve > backordered")
        .contains("ordered > price > reserve > pay > postponed");
  }
}
