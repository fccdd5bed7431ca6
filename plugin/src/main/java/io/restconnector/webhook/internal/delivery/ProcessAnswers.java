package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.respond.AnswerStore;
import io.restconnector.webhook.internal.respond.InstanceState;
import io.restconnector.webhook.internal.trigger.DeferredAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answers that processes give: what is kept of them, and how they are made. */
public final class ProcessAnswers {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final AnswerStore store;
  private final ExpressionManager expressions;
  private final SecretSource secrets;

  /**
   * Those of an engine.
   *
   * @param secrets by which answers may sign
   */
  public ProcessAnswers(AnswerStore store, ExpressionManager expressions, SecretSource secrets) {
    this.store = store;
    this.expressions = expressions;
    this.secrets = secrets;
  }

  /** How what a request started or woke is seen. */
  static ObjectNode result(List<ObjectNode> instances) {
    ObjectNode result = NODES.objectNode();
    result.putArray("instances").addAll(instances);
    result.set("instance", instances.isEmpty() ? NODES.nullNode() : instances.get(0));
    return result;
  }

  Answer make(DeferredAnswer deferred, List<ObjectNode> instances) throws RefusedException {
    return Answer.of(deferred, deferred.evaluator(expressions, secrets, result(instances)));
  }

  /**
   * Inside the transaction of a request: an instance is to answer it.
   *
   * @param instances what the request has started or woken, that one first
   * @param keptFor how long a repeated delivery is to be given the answer, zero for not at all
   * @return the id of the answer
   */
  String add(
      PlannedAnswer.OfProcess planned,
      String instanceId,
      List<ObjectNode> instances,
      Duration keptFor) {
    ObjectNode template = NODES.objectNode();
    template.put("answer", planned.answer().text());
    ArrayNode states = template.putArray("instances");
    instances.forEach(each -> states.add(InstanceState.text(each)));
    return store.add(instanceId, planned.respond().activityId(), JsonText.ascii(template), keptFor);
  }

  /** Inside the transaction of a request, which waits for the answer no longer than that. */
  PendingAnswer await(String id, Duration within, WebhookResponse accepted) {
    CompletableFuture<@Nullable Void> ready =
        store.await(id).completeOnTimeout(null, within.toNanos(), TimeUnit.NANOSECONDS);
    return new PendingAnswer(ready, accepted, () -> current(id, accepted));
  }

  /** The database goes with the engine: then the answer is where it will be. */
  private @Nullable WebhookResponse current(String id, WebhookResponse accepted) {
    try {
      return store.isClosed() ? accepted : find(id, accepted, false);
    } catch (RuntimeException failed) {
      if (store.isClosed()) {
        return accepted;
      }
      throw failed;
    }
  }

  /** After a transaction that has added one. */
  void clean() {
    store.clean();
  }

  /**
   * The answer with an id; null where there is none.
   *
   * @param accepted what is answered as long as the process is not so far
   * @param isRepeated whether a delivery has come again
   */
  public @Nullable WebhookResponse find(String id, WebhookResponse accepted, boolean isRepeated) {
    AnswerStore.Found found = store.find(id, isRepeated);
    if (found == null || found instanceof AnswerStore.Found.Waiting) {
      return found == null ? null : accepted;
    }
    if (found instanceof AnswerStore.Found.Made made) {
      return parse(JsonText.parse(made.answer()));
    }
    WebhookResponse answer = make((AnswerStore.Found.Given) found);
    store.finish(id, JsonText.ascii(tree(answer)));
    return answer;
  }

  private WebhookResponse make(AnswerStore.Found.Given given) {
    JsonNode template = JsonText.parse(given.template());
    List<ObjectNode> instances = new ArrayList<>();
    template
        .path("instances")
        .valueStream()
        .forEach(each -> instances.add(InstanceState.parse(each.stringValue())));
    if (given.instance() != null) {
      ObjectNode instance = InstanceState.parse(given.instance());
      if (instances.isEmpty()) {
        instances.add(instance);
      } else {
        instances.set(0, instance);
      }
    } else if (!instances.isEmpty()) {
      instances.get(0).put("ended", true);
    }
    try {
      return make(DeferredAnswer.parse(template.path("answer").stringValue()), instances)
          .response();
    } catch (RefusedException refused) {
      return refused.response();
    }
  }

  private static ObjectNode tree(WebhookResponse answer) {
    ObjectNode tree = NODES.objectNode();
    tree.put("kind", answer.kind().name()).put("status", answer.status());
    answer.headers().forEach(tree.putObject("headers")::put);
    tree.put("type", answer.contentType());
    tree.put("body", new String(answer.body(), StandardCharsets.UTF_8));
    return tree;
  }

  private static WebhookResponse parse(JsonNode tree) {
    Map<String, String> headers = new LinkedHashMap<>();
    tree.path("headers")
        .properties()
        .forEach(each -> headers.put(each.getKey(), each.getValue().stringValue()));
    return new WebhookResponse(
        Kind.valueOf(tree.path("kind").stringValue()),
        tree.path("status").intValue(),
        headers,
        tree.path("type").stringValue(null),
        tree.path("body").stringValue().getBytes(StandardCharsets.UTF_8));
  }
}
