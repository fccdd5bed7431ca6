package io.restconnector.journal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook trigger that is deployed.
 *
 * @param key of its channel
 * @param tenant empty for none
 * @param path of its URL below the application's context path, with its variables
 * @param url with {@code rest-connector.webhooks.public-url} before the path; null where that is
 *     not configured
 * @param methods that it takes, empty for any
 * @param works whether it works on this node
 * @param problem what keeps it from working on this node, null for nothing
 * @param curl a request to it as one line for a shell, with placeholders for what only its sender
 *     has
 * @param last the newest request of its path that the journal has, null for none
 * @since 0.1
 */
public record TriggerState(
    String key,
    String tenant,
    String path,
    @Nullable String url,
    List<String> methods,
    boolean works,
    @Nullable String problem,
    String curl,
    @Nullable Last last) {

  public TriggerState {
    methods = List.copyOf(methods);
  }

  /**
   * What the trigger made of a request.
   *
   * @param request id of its entry
   * @param result as of {@link RequestEntry.Trigger}
   */
  public record Last(long request, Instant time, int status, String result) {}
}
