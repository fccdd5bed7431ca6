package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.respond.TouchedInstances;
import io.restconnector.webhook.internal.trust.Deduplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answers of all that a request has fired, made at the end of its transaction's synchronous
 * part.
 */
final class FiredAnswers {

  private final DeduplicationStore store;
  private final ProcessAnswers processes;
  private final TouchedInstances touched;
  private final String answersUrl;

  /** In characters, for the answers that deliveries keep. */
  private long room;

  private final List<Fired> fired = new ArrayList<>();
  private final Map<String, @Nullable ObjectNode> states = new HashMap<>();

  /** Of what was done before there is only the answer. */
  private record Fired(MatchedTrigger matched, Taken taken, @Nullable WebhookResponse earlier) {}

  /** An answer, and what is waited for in place of it. */
  record Made(@Nullable WebhookResponse answer, @Nullable PendingAnswer pending) {}

  /**
   * None yet.
   *
   * @param answersUrl where answers of processes are
   * @param room in characters, for the answers that deliveries keep
   */
  FiredAnswers(
      DeduplicationStore store,
      ProcessAnswers processes,
      TouchedInstances touched,
      String answersUrl,
      long room) {
    this.store = store;
    this.processes = processes;
    this.touched = touched;
    this.answersUrl = answersUrl;
    this.room = room;
  }

  /** What a trigger did is to be answered. */
  void add(MatchedTrigger matched, Taken taken) {
    fired.add(new Fired(matched, taken, null));
  }

  /** It was done and answered at an earlier delivery. */
  void add(MatchedTrigger matched, WebhookResponse earlier) {
    fired.add(new Fired(matched, Taken.BY_NOTHING, earlier));
  }

  /** Records every answer that a delivery keeps. Gives the first one, null where there is none. */
  Made make() throws RefusedException {
    Made first = new Made(null, null);
    for (Fired each : fired) {
      boolean isFirst = first.answer() == null;
      Made made = new Made(each.earlier(), null);
      if (each.earlier() == null && (isFirst || each.matched().delivery() != null)) {
        made = make(each, each.matched().answer(), isFirst);
      }
      if (isFirst) {
        first = made;
      }
    }
    return first;
  }

  private Made make(Fired each, PlannedAnswer planned, boolean isFirst) throws RefusedException {
    if (planned instanceof PlannedAnswer.OfProcess process) {
      List<String> ids = each.taken().instanceIds();
      return ids.isEmpty()
          ? make(each, process.own(), isFirst)
          : make(each, process, ids.get(0), isFirst);
    }
    if (planned instanceof PlannedAnswer.OfResult late) {
      Answer answer = late.answer(ProcessAnswers.result(instances(each.matched(), null)));
      record(each.matched(), answer);
      return new Made(answer.response(), null);
    }
    Answer known = (Answer) planned;
    if (each.matched().answer() != known) {
      record(each.matched(), known);
    }
    return new Made(known.response(), null);
  }

  private Made make(Fired each, PlannedAnswer.OfProcess planned, String instanceId, boolean isFirst)
      throws RefusedException {
    MatchedTrigger matched = each.matched();
    ObjectNode now = TouchedInstances.state(instanceId);
    ObjectNode then = touched.stateAt(instanceId, planned.respond().activityId());
    if (then == null && (now == null || now.path("ended").booleanValue())) {
      then = now;
    }
    List<ObjectNode> instances =
        planned.respond().answer().seesResult()
            ? instances(matched, then == null ? now : then)
            : List.of();
    if (now == null || then != null) {
      Answer answer = processes.make(planned.answer(), instances);
      record(matched, answer);
      return new Made(answer.response(), null);
    }
    Deduplication.Delivery delivery = matched.delivery();
    Duration keptFor = delivery == null ? Duration.ZERO : delivery.retention();
    String id = processes.add(planned, instanceId, instances, keptFor);
    Answer accepted = Answer.accepted(answersUrl + id);
    record(matched, accepted);
    WebhookResponse response = accepted.response();
    return new Made(
        response, isFirst ? processes.await(id, planned.respond().within(), response) : null);
  }

  /** What a delivery that comes again is answered. */
  private void record(MatchedTrigger matched, Answer answer) throws RefusedException {
    Deduplication.Delivery delivery = matched.delivery();
    if (delivery == null) {
      return;
    }
    String text = answer.text();
    room -= text == null ? 0 : text.length();
    if (room < 0) {
      throw RefusedException.badRequest(
          "body of trigger %s gives more data than is kept for deliveries that come again."
              .formatted(matched.trigger().key()));
    }
    store.record(delivery, answer);
  }

  /**
   * What the triggers of a tenant have started or woken: no tenant sees another's instances.
   *
   * @param first the state of the one that comes first; null for the order of the triggers
   */
  private List<ObjectNode> instances(MatchedTrigger matched, @Nullable ObjectNode first) {
    Set<String> ids = new LinkedHashSet<>();
    for (Fired each : fired) {
      if (each.matched().trigger().tenantId().equals(matched.trigger().tenantId())) {
        ids.addAll(each.taken().instanceIds());
      }
    }
    List<ObjectNode> instances = new ArrayList<>();
    if (first != null) {
      instances.add(first);
      ids.remove(first.path("id").stringValue());
    }
    for (String id : ids) {
      ObjectNode state = states.computeIfAbsent(id, TouchedInstances::state);
      if (state != null) {
        instances.add(state);
      }
    }
    return instances;
  }
}
