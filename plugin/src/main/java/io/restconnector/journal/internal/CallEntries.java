package io.restconnector.journal.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.RestAction;
import io.restconnector.http.internal.chain.Attempt;
import io.restconnector.http.internal.chain.OutcomeTag;
import io.restconnector.journal.CallEntry;
import io.restconnector.journal.JournalSettings.Capture;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallOutcome.Response;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** Makes entries of calls. */
final class CallEntries {

  private static final String CANCELLED = "Cancelled";
  private static final String NOT_SENT = "NotSent";

  private final Capture capture;
  private final ShownText text;
  private final ShownBody bodies;

  CallEntries(Capture capture, ShownText text) {
    this.capture = capture;
    this.text = text;
    bodies = new ShownBody(text);
  }

  /**
   * A call that has ended.
   *
   * @param start as of {@link System#nanoTime}
   * @param last that reached the network, null for none
   * @param outcome null where the call was given up
   */
  CallEntry entry(
      long id,
      Instant time,
      long start,
      RestRequest request,
      @Nullable CallSource source,
      @Nullable Attempt last,
      @Nullable CallOutcome outcome) {
    long end = System.nanoTime();
    CallOutcome lastOutcome =
        outcome instanceof CallOutcome.RetriesExhausted exhausted ? exhausted.last() : outcome;
    Response response = lastOutcome instanceof Response known ? known : null;
    RestAction action = RestAction.valueOf(request.method());
    CallResult failure =
        outcome == null || (response != null && response.status() < 400)
            ? null
            : CallResult.of(action, request, withoutBody(outcome));
    RestRequest sent = last == null ? request : last.request();
    List<CallEntry.Attempt> attempts = attempts(last, start, end);
    boolean hasHeaders = capture != Capture.METADATA;
    byte[] body = request.body();
    return new CallEntry(
        id,
        time,
        Duration.ofNanos(end - start),
        waited(attempts),
        response == null || attempts.isEmpty()
            ? null
            : attempts.get(attempts.size() - 1).firstByte(),
        attempts,
        body == null ? 0 : body.length,
        response == null ? 0 : response.length(),
        source == null ? null : source.kind().name(),
        source == null ? null : source.processDefinitionKey(),
        source == null ? null : source.processInstanceId(),
        source == null ? null : source.activityId(),
        action.beanName(),
        request.method(),
        text.path(request.loggedUrl()),
        text.lineOrNull(request.authentication()),
        TraceParent.traceId(sent.headers()),
        response == null ? null : response.status(),
        lastOutcome == null ? CANCELLED : OutcomeTag.of(lastOutcome),
        failure == null ? null : failure.code(),
        failure == null ? null : text.pathOrNull(failure.message()),
        hasHeaders ? text.headers(byName(sent.headers())) : null,
        hasHeaders && response != null ? text.headers(byName(response.headers())) : null,
        sent.body() == null ? null : body(sent.body(), sent.body().length, sent.headers()),
        response == null ? null : body(response.buffer(), response.length(), response.headers()));
  }

  /** A call whose inputs could not be used. */
  CallEntry notSent(long id, RestAction action, @Nullable CallSource source, CallResult why) {
    return new CallEntry(
        id,
        Instant.now(),
        Duration.ZERO,
        Duration.ZERO,
        null,
        List.of(),
        0,
        0,
        source == null ? null : source.kind().name(),
        source == null ? null : source.processDefinitionKey(),
        source == null ? null : source.processInstanceId(),
        source == null ? null : source.activityId(),
        action.beanName(),
        action.name(),
        null,
        null,
        null,
        null,
        NOT_SENT,
        why.code(),
        text.pathOrNull(why.message()),
        null,
        null,
        null,
        null);
  }

  /** In their order. One that the egress guard stopped has not reached the network. */
  private static List<CallEntry.Attempt> attempts(@Nullable Attempt last, long start, long end) {
    List<CallEntry.Attempt> attempts = new ArrayList<>(1);
    for (Attempt each = last; each != null; each = each.previous()) {
      String outcome = each.outcome();
      if (!OutcomeTag.BLOCKED.equals(outcome) || each.connectedAt() != 0) {
        attempts.add(
            new CallEntry.Attempt(
                Duration.ofNanos(each.begunAt() - start),
                since(start, each.connectedAt()),
                since(start, each.answeredAt()),
                Duration.ofNanos((each.endedAt() == 0 ? end : each.endedAt()) - start),
                outcome == null ? CANCELLED : outcome,
                each.status()));
      }
    }
    Collections.reverse(attempts);
    return attempts;
  }

  private static @Nullable Duration since(long start, long time) {
    return time == 0 ? null : Duration.ofNanos(time - start);
  }

  private static Duration waited(List<CallEntry.Attempt> attempts) {
    Duration waited = Duration.ZERO;
    for (CallEntry.Attempt each : attempts) {
      Duration end = each.connected() == null ? each.ended() : each.connected();
      waited = waited.plus(end).minus(each.begun());
    }
    return waited;
  }

  /** The body is parsed once, by the task, when there is memory for it. */
  private static CallOutcome withoutBody(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.RetriesExhausted exhausted) {
      return new CallOutcome.RetriesExhausted(exhausted.attempts(), withoutBody(exhausted.last()));
    }
    return outcome instanceof Response response ? response.withoutBody() : outcome;
  }

  private @Nullable String body(byte[] bytes, int length, List<Header> headers) {
    if (capture != Capture.BODIES) {
      return null;
    }
    byte[] seen = Arrays.copyOf(bytes, Math.min(length, ShownBody.MAX_SEEN));
    ShownBody.Shown shown = bodies.of(seen, length, type(headers));
    return shown == null ? null : shown.text();
  }

  /** The last Content-Type, null for none. */
  static @Nullable String type(List<Header> headers) {
    String type = null;
    for (Header header : headers) {
      type = header.getName().equalsIgnoreCase("Content-Type") ? header.getValue() : type;
    }
    return type;
  }

  /** The value of a sensitive one is not even looked at. */
  static Map<String, List<String>> byName(List<Header> headers) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (Header header : headers) {
      String value = header.isSensitive() || header.getValue() == null ? "***" : header.getValue();
      byName.merge(
          header.getName().toLowerCase(Locale.ROOT),
          List.of(value),
          (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
    }
    return byName;
  }
}
