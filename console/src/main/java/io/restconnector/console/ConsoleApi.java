package io.restconnector.console;

import io.restconnector.RestConnector;
import io.restconnector.journal.CallEntry;
import io.restconnector.journal.Journal;
import io.restconnector.journal.JournalFilter;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.journal.RequestEntry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the page asks for, by the path below {@code api}. Null stands for what is not there. */
final class ConsoleApi {

  private static final int MOST_EARLY = 50;

  private final ProcessEngine engine;
  private final Instances instances;
  private final JournalRows rows = new JournalRows();

  ConsoleApi(ProcessEngine engine) {
    this.engine = engine;
    instances = new Instances(engine);
  }

  @Nullable Object get(String path, HttpServletRequest request) throws IOException {
    String[] parts = path.split("/", -1);
    Journal journal = connector().journal();
    return switch (parts[0] + "/" + (parts.length - 1)) {
      case "overview/0" ->
          new PageState(request.getContextPath(), CsrfHeader.of(request), connector().overview());
      case "calls/0" -> rows.of(journal.calls(filter(request)), request.getParameter("find"));
      case "calls/1" -> find(journal.calls(), CallEntry::id, parts[1]);
      case "requests/0" -> rows.of(journal.requests(filter(request)), request.getParameter("find"));
      case "requests/1" -> find(journal.requests(), RequestEntry::id, parts[1]);
      case "early/0" ->
          Map.of(
              "kept", connector().earlyEvents().list(0, MOST_EARLY),
              "entries", journal.early(JournalFilter.all()).stream().limit(MOST_EARLY).toList());
      case "instances/0" -> instances.list(request.getParameter("find"));
      case "instances/1" ->
          instances.show(
              parts[1],
              connector().deadLetters(parts[1]),
              rows.of(journal.calls(JournalFilter.all().withInstance(parts[1])), null));
      case "instances/2" -> parts[2].equals("diagram") ? instances.diagram(parts[1]) : null;
      default -> null;
    };
  }

  @Nullable Object post(String path, JsonNode body) {
    String[] parts = path.split("/", -1);
    try {
      return switch (parts[0] + "/" + (parts.length == 3 ? parts[2] : "")) {
        case "explain/" -> connector().explain(WebhookTrial.of(body));
        case "requests/explain" -> connector().explain(id(parts[1]));
        case "requests/replay" -> Optional.ofNullable(connector().replay(id(parts[1])));
        case "jobs/again" -> {
          connector().retry(parts[1]);
          yield List.of();
        }
        case "early/deliver" -> Map.of("delivery", connector().earlyEvents().deliver(id(parts[1])));
        case "early/drop" -> Map.of("dropped", connector().earlyEvents().drop(id(parts[1])));
        default -> null;
      };
    } catch (RefusedOperationException refused) {
      throw new ConsoleException(409, String.valueOf(refused.getMessage()));
    }
  }

  private static long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException noId) {
      throw new ConsoleException(404, "There is no such entry.");
    }
  }

  private RestConnector connector() {
    return RestConnector.of(engine);
  }

  private static JournalFilter filter(HttpServletRequest request) {
    return new JournalFilter(
        given(request, "instance"),
        given(request, "activity"),
        given(request, "trigger"),
        given(request, "outcome"));
  }

  private static @Nullable String given(HttpServletRequest request, String parameter) {
    String value = request.getParameter(parameter);
    return value == null || value.isBlank() ? null : value;
  }

  private static <T> @Nullable T find(List<T> entries, ToLongFunction<T> id, String wanted) {
    return entries.stream()
        .filter(each -> Long.toString(id.applyAsLong(each)).equals(wanted))
        .findFirst()
        .orElse(null);
  }
}
