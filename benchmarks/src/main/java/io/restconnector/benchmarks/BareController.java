package io.restconnector.benchmarks;

import java.util.Map;
import org.flowable.engine.RuntimeService;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What an application would write that has no webhooks. */
@RestController
final class BareController {

  private final RuntimeService runtimeService;

  BareController(RuntimeService runtimeService) {
    this.runtimeService = runtimeService;
  }

  @PostMapping("/orders/{orderId}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, Object> start(@PathVariable String orderId, @RequestBody Map<String, Object> order) {
    Object amount = order.getOrDefault("amount", 0);
    runtimeService.startProcessInstanceByKey(
        WebhookApplication.STARTED, Map.of("orderId", orderId, "amount", amount));
    return Map.of("received", orderId);
  }
}
