package io.restconnector.spring;

import io.restconnector.RestConnector;
import io.restconnector.internal.platform.EndpointJson;
import io.restconnector.journal.JournalFilter;
import io.restconnector.journal.Overview;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.journal.SampleRequest;
import io.restconnector.webhook.EarlyEvents;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * What the connector did lately and what it would do, for Actuator. It changes nothing unless the
 * settings allow it.
 */
@Endpoint(id = "restconnector")
final class RestConnectorEndpoint {

  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  /** There may be as many as the settings allow, which nobody reads page by page. */
  private static final int MAX_KEPT = 10_000;

  private final Supplier<ProcessEngine> engine;

  RestConnectorEndpoint(Supplier<ProcessEngine> engine) {
    this.engine = engine;
  }

  /** One page, newest first; the pages count from 0. */
  record Page(int page, int size, int total, List<?> entries) {

    static Page of(List<?> all, @Nullable Integer page, @Nullable Integer size) {
      int number = page == null ? 0 : Math.max(0, page);
      int length = size == null ? PAGE : Math.min(Math.max(1, size), MAX_PAGE);
      int from = (int) Math.min((long) number * length, all.size());
      return new Page(
          number, length, all.size(), all.subList(from, Math.min(from + length, all.size())));
    }
  }

  @ReadOperation
  Overview overview() {
    return connector().overview();
  }

  /** Null, which is 404, for what is none of these lists. */
  @ReadOperation
  @Nullable Page list(
      @Selector String what,
      @Nullable String instance,
      @Nullable String activity,
      @Nullable String trigger,
      @Nullable String outcome,
      @Nullable Integer page,
      @Nullable Integer size) {
    JournalFilter filter = new JournalFilter(instance, activity, trigger, outcome);
    return switch (what) {
      case "calls" -> Page.of(connector().journal().calls(filter), page, size);
      case "requests" -> Page.of(connector().journal().requests(filter), page, size);
      case "early" -> Page.of(connector().journal().early(filter), page, size);
      case "kept" -> kept(page, size);
      case "deadletters" -> Page.of(connector().deadLetters(instance), page, size);
      default -> null;
    };
  }

  /** Of the database, and so the oldest first. */
  private Page kept(@Nullable Integer page, @Nullable Integer size) {
    EarlyEvents events = connector().earlyEvents();
    return Page.of(events.list(0, MAX_KEPT), page, size);
  }

  /** One entry; null, which is 404, for what is not remembered. */
  @ReadOperation
  @Nullable Object entry(@Selector String what, @Selector long id) {
    return switch (what) {
      case "calls" -> connector().journal().call(id);
      case "requests" -> connector().journal().request(id);
      default -> null;
    };
  }

  /**
   * Explains, previews, sends, replays, runs a dead letter job again, delivers or drops an early
   * event; each reads its own parameters.
   *
   * @param request id of an entry of the journal, for {@code explain} and {@code replay}
   * @param method of a request that is given, as the three that follow
   * @param headers a text or a list of texts of each
   * @param definition id or key of a process, for {@code preview} and {@code send}, as the two that
   *     follow
   * @param job for {@code retry}
   * @param event id of an early event, for {@code deliver} and {@code drop}
   */
  @WriteOperation
  @Nullable Object act(
      @Selector String what,
      @Nullable Long request,
      @Nullable String method,
      @Nullable String target,
      @Nullable Map<String, Object> headers,
      @Nullable String body,
      @Nullable String definition,
      @Nullable String activity,
      @Nullable Map<String, Object> variables,
      @Nullable String job,
      @Nullable Long event) {
    RestConnector connector = connector();
    try {
      Object result =
          switch (what) {
            case "explain" ->
                request != null
                    ? connector.explain(request)
                    : connector.explain(
                        sample(given("method", method), given("target", target), headers, body));
            case "preview" ->
                connector.preview(
                    given("definition", definition),
                    given("activity", activity),
                    values(variables));
            case "send" ->
                connector.send(
                    given("definition", definition),
                    given("activity", activity),
                    values(variables));
            case "replay" -> connector.replay(given("request", request));
            case "retry" -> {
              connector.retry(given("job", job));
              yield null;
            }
            case "deliver" ->
                Map.of("delivery", connector.earlyEvents().deliver(given("event", event)));
            case "drop" -> Map.of("dropped", connector.earlyEvents().drop(given("event", event)));
            default -> throw refused("There is no such operation");
          };
      return EndpointJson.of(result);
    } catch (RefusedOperationException unfit) {
      throw refused(String.valueOf(unfit.getMessage()));
    }
  }

  private static Map<String, Object> values(@Nullable Map<String, Object> variables) {
    return variables == null ? Map.of() : variables;
  }

  private static <T> T given(String name, @Nullable T value) {
    if (value == null) {
      throw refused(name + " is missing");
    }
    return value;
  }

  /** Is answered 400. */
  private static InvalidEndpointRequestException refused(String reason) {
    return new InvalidEndpointRequestException(reason, reason);
  }

  private static SampleRequest sample(
      String method, String target, @Nullable Map<String, Object> headers, @Nullable String body) {
    Map<String, List<String>> values = new HashMap<>();
    (headers == null ? Map.<String, Object>of() : headers)
        .forEach(
            (name, value) ->
                values.put(
                    name,
                    value instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(value))));
    return new SampleRequest(
        method, target, values, body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
  }

  private RestConnector connector() {
    return RestConnector.of(engine.get());
  }
}
