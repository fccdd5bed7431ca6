package io.restconnector.journal.internal;

import io.restconnector.content.internal.MediaType;
import io.restconnector.journal.Explanation;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.journal.RequestEntry;
import io.restconnector.journal.SampleRequest;
import io.restconnector.webhook.internal.Trial;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.check.Candidate;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.check.TriggerChecks;
import io.restconnector.webhook.internal.delivery.EngineAction;
import io.restconnector.webhook.internal.delivery.MatchedTrigger;
import io.restconnector.webhook.internal.request.WebhookRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells what would happen to a webhook request, and sends one of the journal once more. */
public final class Explainer {

  private final NodeJournal journal;
  private final WebhookEndpoint endpoint;
  private final ShownText shown;

  public Explainer(NodeJournal journal, WebhookEndpoint endpoint) {
    this.journal = journal;
    this.endpoint = endpoint;
    shown = journal.text();
  }

  public Explanation explain(SampleRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, values) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                    .addAll(values));
    int query = request.target().indexOf('?');
    return explain(
        new WebhookRequest(
            request.method(),
            query < 0 ? request.target() : request.target().substring(0, query),
            query < 0 ? null : request.target().substring(query + 1),
            headers),
        request.body(),
        null);
  }

  /**
   * As {@link #explain(SampleRequest)}, of a request of the journal.
   *
   * @throws RefusedOperationException when it is not there, or not all of it
   */
  public Explanation explain(long request) {
    RequestEntry entry = replayable(request);
    return explain(request(entry), body(entry), new SenderOfEntry(entry));
  }

  /**
   * Sends a request of the journal once more.
   *
   * @return its entry, null where the journal has forgotten it already
   * @throws RefusedOperationException when it is not there, or not all of it
   */
  public @Nullable RequestEntry replay(long request) {
    RequestEntry entry = replayable(request);
    endpoint.replay(request(entry), body(entry), request, new SenderOfEntry(entry));
    return journal.requests().stream()
        .filter(each -> Objects.equals(each.replayOf(), request))
        .findFirst()
        .orElse(null);
  }

  private RequestEntry replayable(long id) {
    RequestEntry entry = journal.request(id);
    if (entry == null) {
      throw new RefusedOperationException("The journal has no request " + id);
    }
    if (!entry.replayable()) {
      throw new RefusedOperationException(
          "Request %d is not kept whole: rest-connector.journal.capture must be bodies; a body that nothing wanted to read, that is longer than 10 KiB or no text is not kept, nor what holds a secret"
              .formatted(id));
    }
    return entry;
  }

  private static WebhookRequest request(RequestEntry entry) {
    Map<String, List<String>> headers = Objects.requireNonNull(entry.headers());
    return new WebhookRequest(entry.method(), entry.path(), entry.query(), headers);
  }

  private static byte[] body(RequestEntry entry) {
    String text = entry.body() == null ? "" : entry.body();
    List<String> type =
        Objects.requireNonNull(entry.headers()).getOrDefault("content-type", List.of());
    return text.getBytes(charset(type.isEmpty() ? null : type.get(0)));
  }

  private static Charset charset(@Nullable String contentType) {
    return MediaType.parse(contentType).charsetOr(StandardCharsets.UTF_8);
  }

  private Explanation explain(
      WebhookRequest request, byte[] body, Occasion.@Nullable KnownSender knownSender) {
    Trial trial = endpoint.explain(request, body, knownSender);
    TriggerChecks checks = trial.checks();
    List<Explanation.Trigger> triggers = new ArrayList<>();
    for (Candidate each : checks == null ? List.<Candidate>of() : checks.candidates()) {
      triggers.add(
          new Explanation.Trigger(
              each.trigger().key(),
              each.trigger().tenantId(),
              Objects.requireNonNull(checks).checksOf(each).stream().map(this::check).toList(),
              trial.matched().stream()
                  .filter(matched -> matched.trigger().equals(each.trigger()))
                  .map(this::action)
                  .toList()));
    }
    return new Explanation(
        trial.answer() == null ? null : trial.answer().status(),
        trial.answer() == null ? null : shown.lineOrNull(trial.answer().problem()),
        triggers);
  }

  private Explanation.Check check(TriggerChecks.Checked checked) {
    return new Explanation.Check(
        checked.check(),
        checked.reason() != null ? "refused" : checked.isReached() ? "passed" : "notReached",
        shown.lineOrNull(checked.reason()));
  }

  private Explanation.Action action(MatchedTrigger matched) {
    EngineAction action = matched.action();
    EngineAction.Reach reach = endpoint.triggers().reach(matched);
    Map<String, JsonNode> values = new LinkedHashMap<>();
    action.values().forEach((name, value) -> values.put(name, ShownJson.of(shown, name, value)));
    Map<String, String> correlation = new LinkedHashMap<>();
    action.correlation().forEach((name, value) -> correlation.put(name, shown.value(name, value)));
    return new Explanation.Action(
        action.type(),
        shown.line(action.target()),
        values,
        correlation,
        endpoint.triggers().subscriptions(action.type(), action.target()),
        reach.starts(),
        reach.wakes(),
        reach.isKept());
  }
}
