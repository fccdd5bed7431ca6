package io.restconnector.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.testing.RestConnectorExtension;
import java.util.List;
import org.flowable.engine.HistoryService;
import org.flowable.engine.history.HistoricActivityInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
    properties = {"spring.datasource.url=jdbc:h2:mem:orders", "demo.samples=false", "demo.pace=0s"})
class OrderProcessTest {

  @RegisterExtension static final RestConnectorExtension rest = new RestConnectorExtension();

  @Autowired private HistoryService history;

  @Test
  void whenTheItemIsSoldOutThenTheOrderIsBackordered() {
    rest.on("price").answer(200, "{\"price\": 19.99}");
    rest.on("reserve").answer(409);
    rest.on("pay").never();

    order("A-1");

    assertThat(endEvents("A-1")).containsExactly("backordered");
  }

  @Test
  void whenTheCircuitOfThePaymentIsOpenThenTheOrderIsPostponed() {
    rest.on("price").answer(200, "{\"price\": 19.99}");
    rest.on("reserve").answer(201);
    rest.on("pay").circuitOpen();

    order("A-2");

    assertThat(endEvents("A-2")).containsExactly("postponed");
  }

  @Test
  void whenThePaymentIsSettledThenTheOrderIsShipped() {
    rest.on("price").answer(200, "{\"price\": 19.99}");
    rest.on("reserve").answer(201);
    rest.on("pay").answer(202);
    rest.on("carrier").answer(200, "{\"carrier\": \"Post\"}");

    order("A-3");
    rest.webhook("payments/A-3").json("{\"paymentId\": \"P-1\", \"settled\": true}").send();

    await().untilAsserted(() -> assertThat(endEvents("A-3")).containsExactly("shipped"));
    assertThat(rest.calls("pay").get(0).body()).contains("\"amount\":19.99");
    rest.assertAllCalled();
  }

  private void order(String id) {
    String json = "{\"orderId\": \"%s\", \"item\": \"lamp\", \"currency\": \"EUR\"}";
    assertThat(rest.webhook("orders").json(json.formatted(id)).send().status()).isEqualTo(202);
  }

  private List<String> endEvents(String orderId) {
    String instance =
        history
            .createHistoricProcessInstanceQuery()
            .variableValueEquals("orderId", orderId)
            .singleResult()
            .getId();
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .activityType("endEvent")
        .list()
        .stream()
        .map(HistoricActivityInstance::getActivityId)
        .toList();
  }
}
