package io.restconnector.demo;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowable.engine.HistoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.history.HistoricActivityInstance;
import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

/** Runs sample orders when the application has started, and tells what happened. */
@Component
class SampleOrders implements CommandLineRunner {

  /** History knows a boundary event from the moment when it waits, also if nothing comes. */
  private static final Set<String> NOT_TOLD = Set.of("sequenceFlow", "boundaryEvent");

  private final RuntimeService runtime;
  private final HistoryService history;
  private final Shop shop;

  SampleOrders(RuntimeService runtime, HistoryService history, Shop shop) {
    this.runtime = runtime;
    this.history = history;
    this.shop = shop;
  }

  @Override
  public void run(String... args) {
    order("A-1, a lamp: everything goes well", "A-1", "lamp", "EUR");
    order("A-2, a vase: the shop answers 409", "A-2", "vase", "EUR");
    order("A-3, paid in XTS: the payment service answers 503", "A-3", "lamp", "XTS");
    for (int i = 4; i <= 6; i++) {
      order("A-" + i + ", paid in XTS: 503 again", "A-" + i, "lamp", "XTS");
    }
    order("A-7, paid in XTS: the circuit is open, no payment is sent", "A-7", "lamp", "XTS");
    tell("Retiring the lamp: the other five actions", "catalog", Map.of("item", "lamp"));
    System.out.println("The samples are done; the application stays up. Stop it with Ctrl+C.");
  }

  private void order(String title, String orderId, String item, String currency) {
    tell(title, "order", Map.of("orderId", orderId, "item", item, "currency", currency));
  }

  private void tell(String title, String process, Map<String, Object> variables) {
    String instance = runtime.startProcessInstanceByKey(process, variables).getId();
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
