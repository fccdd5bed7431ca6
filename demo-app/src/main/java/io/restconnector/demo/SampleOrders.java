package io.restconnector.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowable.engine.HistoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.history.HistoricActivityInstance;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Places sample orders when the application has started, and tells what happened. */
@Component
@ConditionalOnProperty(name = "demo.samples", matchIfMissing = true)
class SampleOrders {

  /** History knows a boundary event from the moment when it waits, also if nothing comes. */
  private static final Set<String> NOT_TOLD = Set.of("sequenceFlow", "boundaryEvent");

  private final RuntimeService runtime;
  private final HistoryService history;
  private final Shop shop;
  private final Callbacks callbacks;
  private final HttpClient client = HttpClient.newHttpClient();

  SampleOrders(RuntimeService runtime, HistoryService history, Shop shop, Callbacks callbacks) {
    this.runtime = runtime;
    this.history = history;
    this.shop = shop;
    this.callbacks = callbacks;
  }

  /** After the worker, which starts when the application is ready. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE)
  void place() throws IOException, InterruptedException {
    System.out.println("\nWatch the sample orders at " + callbacks.getRoot() + "/");
    order("A-1, a lamp: everything goes well", "A-1", "lamp", "EUR");
    order("A-2, a vase: the shop answers 409", "A-2", "vase", "EUR");
    order("A-3, paid in CHF: the callback comes before the answer", "A-3", "lamp", "CHF");
    order("A-4, paid in XTS: the payment service answers 503", "A-4", "lamp", "XTS");
    for (int i = 5; i <= 6; i++) {
      order("A-" + i + ", paid in XTS: 503 again", "A-" + i, "lamp", "XTS");
    }
    order("A-7, paid in XTS: the circuit is open, no payment is sent", "A-7", "lamp", "XTS");
    runtime.startProcessInstanceByKey("catalog", Map.of("orderId", "C-1", "item", "lamp"));
    tell("Retiring the lamp: the other five actions", awaitEnd("C-1"));
    runtime.startProcessInstanceByKey("delivery", Map.of("orderId", "D-1", "item", "lamp"));
    tell("Delivering the lamp: a diagram as Camunda Modeler saves it", awaitEnd("D-1"));
    System.out.println("\nPlace an order of your own at " + callbacks.getRoot() + "/, or so:");
    System.out.println(
        "  curl -i -H 'Content-Type: application/json' " + callbacks.getUrl() + "/orders \\");
    System.out.println(
        "    -d '{\"orderId\": \"B-1\", \"item\": \"lamp\", \"currency\": \"EUR\"}'");
    System.out.println("The samples are done; the application stays up. Stop it with Ctrl+C.");
  }

  private void order(String title, String orderId, String item, String currency)
      throws IOException, InterruptedException {
    String body =
        "{\"orderId\":\"%s\",\"item\":\"%s\",\"currency\":\"%s\"}"
            .formatted(orderId, item, currency);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(callbacks.getUrl() + "/orders"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(
          "Order %s was answered %d %s".formatted(orderId, answer.statusCode(), answer.body()));
    }
    String instance = awaitEnd(orderId);
    tell(
        title + "\n  webhook /orders " + body + " -> " + answer.statusCode() + " " + answer.body(),
        instance);
  }

  private String awaitEnd(String orderId) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      var ended =
          history
              .createHistoricProcessInstanceQuery()
              .variableValueEquals("orderId", orderId)
              .finished()
              .list();
      if (!ended.isEmpty()) {
        return ended.get(0).getId();
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("Order " + orderId + " did not end within 30 s");
  }

  private void tell(String title, String instance) {
    System.out.println("\n" + title);
    shop.takeCalls().forEach(call -> System.out.println("  " + call));
    history.createHistoricVariableInstanceQuery().processInstanceId(instance).list().stream()
        .filter(variable -> variable.getVariableName().equals("restError"))
        .filter(variable -> variable.getValue() != null)
        .forEach(variable -> System.out.println("  restError: " + variable.getValue()));
    System.out.println("  path: " + path(instance));
  }

  private String path(String instance) {
    List<HistoricActivityInstance> activities =
        history.createHistoricActivityInstanceQuery().processInstanceId(instance).list();
    return activities.stream()
        .filter(activity -> !NOT_TOLD.contains(activity.getActivityType()))
        .sorted(
            Comparator.comparing(HistoricActivityInstance::getStartTime)
                .thenComparing(HistoricActivityInstance::getTransactionOrder))
        .map(HistoricActivityInstance::getActivityId)
        .collect(Collectors.joining(" > "));
  }
}
