package io.restconnector.journal.internal;

import io.restconnector.journal.EarlyEntry;
import io.restconnector.journal.JournalSettings.Capture;
import io.restconnector.journal.RequestEntry;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.internal.AnsweredRequest;
import io.restconnector.webhook.internal.RequestObserver;
import io.restconnector.webhook.internal.WebhookOutcomeTag;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers webhook requests. */
final class JournaledRequests implements RequestObserver {

  /** Of a trigger: a signal may wake any number. */
  private static final int MOST_INSTANCES = 100;

  private final Ring<RequestEntry> ring;
  private final Ring<EarlyEntry> earlyRing;
  private final Capture capture;
  private final ShownText shown;
  private final BiFunction<String, String, @Nullable Long> subscriptions;
  private final Supplier<List<Trigger>> served;

  /**
   * Remembers requests in a ring, and early events in another.
   *
   * @param subscriptions how many there are for an action and its target, null where it has none
   * @param served all triggers
   */
  JournaledRequests(
      Ring<RequestEntry> ring,
      Ring<EarlyEntry> earlyRing,
      Capture capture,
      ShownText shown,
      BiFunction<String, String, @Nullable Long> subscriptions,
      Supplier<List<Trigger>> served) {
    this.served = served;
    this.ring = ring;
    this.earlyRing = earlyRing;
    this.capture = capture;
    this.shown = shown;
    this.subscriptions = subscriptions;
  }

  @Override
  public int wantedBytes() {
    return capture == Capture.BODIES ? ShownBody.MAX_SEEN : 0;
  }

  @Override
  public void answered(AnsweredRequest answered) {
    // Before there is a number: what waits for an event is asked of the database.
    List<RequestEntry.Trigger> triggers = triggers(answered);
    ring.add(id -> entry(id, answered, triggers));
  }

  @Override
  public void early(EarlyEventOutcome outcome) {
    earlyRing.add(
        id ->
            new EarlyEntry(
                id,
                Instant.now(),
                outcome.id(),
                outcome.trigger(),
                outcome.tenantId(),
                outcome.action(),
                shown.line(outcome.target()),
                outcome.receivedAt(),
                WebhookOutcomeTag.of(outcome.kind()),
                outcome.instanceIds().stream().limit(MOST_INSTANCES).toList()));
  }

  private RequestEntry entry(
      long id, AnsweredRequest answered, List<RequestEntry.Trigger> triggers) {
    WebhookOutcome outcome = answered.outcome();
    WebhookRequest request = answered.request();
    boolean hasHeaders = capture != Capture.METADATA;
    ShownText text = hasHeaders ? shown.hiding(triggersOf(answered)) : shown;
    ShownBody.Shown body = body(answered, text);
    return new RequestEntry(
        id,
        outcome.receivedAt(),
        outcome.duration(),
        outcome.bytes(),
        text.line(outcome.method()),
        text.path(outcome.path()),
        TraceParent.ofThisThread(request.header("traceparent")),
        outcome.status(),
        WebhookOutcomeTag.of(outcome.kind()),
        text.lineOrNull(answered.answer().problem()),
        answered.replayOf(),
        triggers,
        hasHeaders ? text.query(request.query()) : null,
        hasHeaders ? text.headers(request.headers()) : null,
        body == null ? null : body.text(),
        isWhole(answered, text, body));
  }

  /** Those of its path; a path of none may be one that its sender got wrong. */
  private List<Trigger> triggersOf(AnsweredRequest answered) {
    return answered.parts().isEmpty()
        ? served.get()
        : answered.parts().stream().map(AnsweredRequest.Part::trigger).toList();
  }

  private boolean isWhole(
      AnsweredRequest answered, ShownText text, ShownBody.@Nullable Shown body) {
    WebhookRequest request = answered.request();
    return capture == Capture.BODIES
        && (body == null ? answered.outcome().bytes() == 0 : body.whole())
        && text.path(request.path()).equals(ShownText.leastEncoded(request.path()))
        && Objects.equals(
            text.query(request.query()),
            request.query() == null ? null : ShownText.leastEncoded(request.query()));
  }

  private ShownBody.@Nullable Shown body(AnsweredRequest answered, ShownText text) {
    byte[] body = answered.body();
    if (body == null) {
      return null;
    }
    Map<String, List<String>> headers = answered.request().headers();
    String type =
        headers.containsKey("content-encoding")
            ? "application/octet-stream"
            : answered.request().header("content-type");
    return new ShownBody(text).of(body, answered.outcome().bytes(), type);
  }

  private List<RequestEntry.Trigger> triggers(AnsweredRequest answered) {
    List<TriggerOutcome> outcomes = answered.outcome().triggers();
    List<RequestEntry.Trigger> triggers = new ArrayList<>(outcomes.size());
    for (int i = 0; i < outcomes.size(); i++) {
      triggers.add(trigger(outcomes.get(i), answered.parts().get(i)));
    }
    return triggers;
  }

  private RequestEntry.Trigger trigger(TriggerOutcome outcome, AnsweredRequest.Part part) {
    TriggerOutcome.Verdict verdict = outcome.verdict();
    TriggerOutcome.Refused refused = verdict instanceof TriggerOutcome.Refused r ? r : null;
    String action = null;
    String target = null;
    List<String> instances = List.of();
    if (verdict instanceof TriggerOutcome.Fired fired) {
      action = fired.action();
      target = fired.target();
      instances = fired.instanceIds().stream().limit(MOST_INSTANCES).toList();
    } else if (verdict instanceof TriggerOutcome.NotTaken none) {
      action = none.action();
      target = none.target();
    } else if (verdict instanceof TriggerOutcome.Kept kept) {
      action = kept.action();
      target = kept.target();
    }
    return new RequestEntry.Trigger(
        outcome.key(),
        outcome.tenantId(),
        result(verdict),
        refused == null ? null : refused.check(),
        refused == null ? null : shown.line(refused.reason()),
        shown.lineOrNull(part.deliveryId()),
        action,
        shown.lineOrNull(target),
        correlation(part),
        instances,
        verdict instanceof TriggerOutcome.NotTaken none ? waiting(none) : null);
  }

  /** Null also where the database cannot tell: it may have gone since. */
  private @Nullable Long waiting(TriggerOutcome.NotTaken none) {
    try {
      return subscriptions.apply(none.action(), none.target());
    } catch (RuntimeException unknown) {
      return null;
    }
  }

  private static String result(TriggerOutcome.Verdict verdict) {
    return RESULTS.get(verdict.getClass());
  }

  /** As the kinds of verdicts are called. */
  private static final ClassValue<String> RESULTS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> verdict) {
          String name = verdict.getSimpleName();
          return Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
      };

  private Map<String, String> correlation(AnsweredRequest.Part part) {
    Map<String, String> values = new LinkedHashMap<>();
    part.correlation().forEach((name, value) -> values.put(name, shown.value(name, value)));
    return values;
  }
}
