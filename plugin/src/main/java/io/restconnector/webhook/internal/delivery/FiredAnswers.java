package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answers of all that a request has fired, made at the end of its transaction's synchronous
 * part.
 */
final class FiredAnswers {

  private final DeduplicationStore store;

  /** In characters, for the answers that deliveries keep. */
  private long room;

  private final List<Fired> fired = new ArrayList<>();
  private final Map<String, ObjectNode> resultsByTenant = new HashMap<>();

  /** Of what was done before there is only the answer. */
  private record Fired(
      MatchedTrigger matched, EngineAction.Taken taken, @Nullable WebhookResponse earlier) {}

  FiredAnswers(DeduplicationStore store, long room) {
    this.store = store;
    this.room = room;
  }

  /** What a trigger did is to be answered. */
  void add(MatchedTrigger matched, EngineAction.Taken taken) {
    fired.add(new Fired(matched, taken, null));
  }

  /** It was done and answered at an earlier delivery. */
  void add(MatchedTrigger matched, WebhookResponse earlier) {
    fired.add(new Fired(matched, EngineAction.Taken.BY_NOTHING, earlier));
  }

  /** Records every answer that a delivery keeps. Gives the first one, null where there is none. */
  @Nullable WebhookResponse make() throws RefusedException {
    WebhookResponse first = null;
    for (Fired each : fired) {
      WebhookResponse answer = each.earlier();
      if (answer == null && (first == null || each.matched().delivery() != null)) {
        answer = make(each.matched()).response();
      }
      if (first == null) {
        first = answer;
      }
    }
    return first;
  }

  private Answer make(MatchedTrigger matched) throws RefusedException {
    if (matched.answer() instanceof Answer known) {
      return known;
    }
    PlannedAnswer.OfResult late = (PlannedAnswer.OfResult) matched.answer();
    Answer answer =
        late.answer(resultsByTenant.computeIfAbsent(matched.trigger().tenantId(), this::result));
    if (matched.delivery() != null) {
      String text = answer.text();
      room -= text == null ? 0 : text.length();
      if (room < 0) {
        throw late.evaluator()
            .unfit("body", "gives more data than can be kept for deliveries that come again");
      }
      store.record(matched.delivery(), answer);
    }
    return answer;
  }

  /** What the triggers of a tenant have started or woken: no tenant sees another's instances. */
  private ObjectNode result(String tenantId) {
    Set<String> ids = new LinkedHashSet<>();
    for (Fired each : fired) {
      if (each.matched().trigger().tenantId().equals(tenantId)) {
        ids.addAll(each.taken().instanceIds());
      }
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode instances = result.putArray("instances");
    for (String id : ids) {
      ObjectNode state = TouchedInstances.state(id);
      if (state != null) {
        instances.add(state);
      }
    }
    result.set(
        "instance", instances.isEmpty() ? JsonNodeFactory.instance.nullNode() : instances.get(0));
    return result;
  }
}
