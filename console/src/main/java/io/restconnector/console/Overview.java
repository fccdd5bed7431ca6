package io.restconnector.console;

import io.restconnector.RestConnector;
import io.restconnector.journal.RequestEntry;
import io.restconnector.journal.TriggerState;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the first view shows.
 *
 * @param contextPath of the application, before the path of each trigger
 * @param actions whether the page may change something
 * @param csrf what Spring Security wants with each request that is sent; null without it
 */
record Overview(
    String contextPath, boolean actions, @Nullable CsrfHeader csrf, List<Trigger> triggers) {

  /**
   * A trigger.
   *
   * @param last the newest request that came to its path, null for none that is remembered
   */
  record Trigger(TriggerState state, @Nullable Last last) {}

  /** What became of a request at a trigger. */
  record Last(long id, String time, int status, String result) {}

  static Overview of(RestConnector connector, boolean actions, HttpServletRequest request) {
    Map<String, Last> newest = new HashMap<>();
    for (RequestEntry entry : connector.journal().requests()) {
      for (RequestEntry.Trigger each : entry.triggers()) {
        newest.putIfAbsent(
            each.tenant() + '/' + each.key(),
            new Last(entry.id(), entry.time().toString(), entry.status(), each.result()));
      }
    }
    List<Trigger> triggers = new ArrayList<>();
    for (TriggerState each : connector.triggers()) {
      triggers.add(new Trigger(each, newest.get(each.tenant() + '/' + each.key())));
    }
    return new Overview(request.getContextPath(), actions, CsrfHeader.of(request), triggers);
  }
}
