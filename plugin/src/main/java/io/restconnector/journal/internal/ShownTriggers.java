package io.restconnector.journal.internal;

import io.restconnector.journal.RequestEntry;
import io.restconnector.journal.TriggerState;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.ServedTriggers;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The triggers of an engine as people may see them. */
public final class ShownTriggers {

  private final NodeJournal journal;
  private final ServedTriggers triggers;
  private final WebhookSettings settings;

  public ShownTriggers(NodeJournal journal, WebhookEndpoint endpoint) {
    this.journal = journal;
    triggers = endpoint.triggers();
    settings = endpoint.settings();
  }

  /** All that are deployed, by key and then by tenant. */
  public List<TriggerState> all() {
    Map<List<String>, TriggerState.Last> last = last();
    return triggers.all().stream()
        .map(each -> state(each, last.get(List.of(each.key(), each.tenantId()))))
        .toList();
  }

  /** By key and tenant. */
  private Map<List<String>, TriggerState.Last> last() {
    Map<List<String>, TriggerState.Last> last = new HashMap<>();
    for (RequestEntry request : journal.requests()) {
      for (RequestEntry.Trigger each : request.triggers()) {
        last.putIfAbsent(
            List.of(each.key(), each.tenant()),
            new TriggerState.Last(request.id(), request.time(), request.status(), each.result()));
      }
    }
    return last;
  }

  private TriggerState state(Trigger trigger, TriggerState.@Nullable Last last) {
    String path = settings.path() + "/" + trigger.path().text();
    String url = settings.publicUrl() == null ? null : settings.publicUrl() + path;
    String problem = triggers.problemOf(trigger);
    return new TriggerState(
        trigger.key(),
        trigger.tenantId(),
        path,
        url,
        trigger.methods().stream().sorted().toList(),
        problem == null,
        problem,
        curl(trigger, url == null ? "http://localhost:8080" + path : url),
        last);
  }

  /** Whatever its sender alone has is a placeholder in angle brackets. */
  private String curl(Trigger trigger, String url) {
    String method =
        trigger.methods().isEmpty() || trigger.methods().contains("POST")
            ? "POST"
            : trigger.methods().stream().sorted().toList().get(0);
    boolean hasBody = !List.of("GET", "HEAD", "OPTIONS").contains(method);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (hasBody) {
      headers.put("content-type", List.of("application/json"));
    }
    trigger.headers().byName().forEach((name, value) -> headers.put(name, List.of(value)));
    StringBuilder query = new StringBuilder();
    trigger
        .params()
        .forEach(
            (name, value) ->
                query.append('&').append(encoded(name)).append('=').append(encoded(value)));
    ShownText text = journal.text();
    Map<String, List<String>> shown = new LinkedHashMap<>(text.headers(headers));
    trigger.checks().headers().forEach(name -> shown.put(name, List.of("<" + name + ">")));
    String asked = query.isEmpty() ? "" : "?" + text.query(query.substring(1));
    return Curl.line(method, url + asked, shown, hasBody ? "{}" : null);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
