package io.restconnector.call.internal;

import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/**
 * How far a call has come that may be answered later.
 *
 * @param timeout for all of it, from the first request to the last answer
 * @param begun when the first request was about to be sent
 * @param statusUrl that is asked, null before the first answer
 * @param first the first request, fit for messages
 * @param asked how many questions were asked, the current one included
 */
public record Polling(
    Poll poll, Duration timeout, Instant begun, @Nullable URI statusUrl, String first, int asked) {

  /** Of a request that is about to be sent. */
  public static Polling first(Poll poll, RestRequest request, String shown, Instant now) {
    return new Polling(poll, request.timeout(), now, null, shown, 0);
  }

  /** Of a question that is about to be asked. */
  public static Polling question(
      Poll poll, RestRequest question, Instant begun, URI statusUrl, String first, int asked) {
    return new Polling(poll, question.timeout(), begun, statusUrl, first, asked);
  }

  /** What follows an answer. */
  public sealed interface Step {}

  /** Nothing is asked any more. */
  public record Complete(CallResult result) implements Step {}

  /** The status is asked, again or for the first time, after a wait. */
  public record Ask(URI statusUrl, Duration after) implements Step {}

  public boolean isQuestion() {
    return statusUrl != null;
  }

  /** What is left of the timeout, zero or less where nothing is. */
  public Duration remaining(Instant now) {
    return Duration.between(now, begun.plus(timeout));
  }

  /**
   * The result where the question is not sent, as the timeout has passed or passes before it may
   * be.
   *
   * @param waitsFor what it would wait for on this node, null for nothing
   */
  public CallResult tooLate(
      RestCalls calls, RestAction action, RestRequest question, @Nullable String waitsFor) {
    CallOutcome late = new CallOutcome.TimedOut(timeout, waitsFor);
    return inWords(calls.result(action, question, shown(question), late));
  }

  /** What the answer gives the process. A status URL is the service's text: no message has it. */
  public CallResult result(
      RestCalls calls, RestAction action, RestRequest request, CallOutcome outcome) {
    return isQuestion()
        ? inWords(calls.result(action, request, shown(request), ofAll(outcome)))
        : calls.result(action, request, outcome);
  }

  /** A question has what is left of the timeout of all of them. */
  private CallOutcome ofAll(CallOutcome outcome) {
    return outcome instanceof CallOutcome.TimedOut late
        ? new CallOutcome.TimedOut(timeout, late.waitedFor())
        : outcome;
  }

  private static RestRequest shown(RestRequest question) {
    return question.withUri(URI.create(question.origin()));
  }

  private CallResult inWords(CallResult result) {
    return result.error() == null
        ? result
        : result.withMessageSuffix(" (asked for the status of " + first + ")");
  }

  /**
   * What follows an answer that is a success. Within a command of the engine.
   *
   * @param result of the answer
   * @throws RuntimeException what the application threw in an expression, unless that is a
   *     BpmnError
   */
  public Step after(
      RestRequest request,
      CallOutcome.Response response,
      CallResult result,
      DelegateExecution execution,
      Instant now) {
    String activity = execution.getCurrentActivityId();
    URI url = statusUrl;
    String field = "until";
    try {
      if (poll.isLast(result, execution)) {
        return new Complete(result);
      }
      field = "from";
      if (url == null) {
        url = poll.statusUrl(request, response, result, execution);
      }
    } catch (Poll.NoStatusUrlException none) {
      return failed(
          result,
          ErrorCode.BAD_GATEWAY,
          first + " answered " + response.status() + " " + none.getMessage());
    } catch (BpmnError raised) {
      String line = OneLine.of(String.valueOf(raised.getMessage()));
      return new Complete(CallResult.of(withError(result, line), raised));
    } catch (IllegalArgumentException unusable) {
      return failed(
          result,
          ErrorCode.UNKNOWN_ERROR,
          "poll.%s of activity '%s' is %s".formatted(field, activity, unusable.getMessage()));
    }
    if (asked >= poll.max()) {
      return failed(
          result,
          ErrorCode.REQUEST_TIMEOUT,
          "%s was not done when its status had been asked %d times".formatted(first, asked));
    }
    Duration wait = poll.waitAfter(response, now);
    if (wait.compareTo(remaining(now)) >= 0) {
      return failed(
          result,
          ErrorCode.REQUEST_TIMEOUT,
          "%s was not done, and its timeout of %d ms passes before its status may be asked again"
              .formatted(first, timeout.toMillis()));
    }
    return new Ask(url, wait);
  }

  private static Step failed(CallResult result, ErrorCode code, String message) {
    String line = OneLine.of(message);
    return new Complete(new CallResult(withError(result, line), code, line, null));
  }

  private static Map<String, @Nullable Object> withError(CallResult result, String line) {
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>(result.outputs());
    outputs.put("restError", line);
    return outputs;
  }
}
