package io.restconnector.call.internal;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.http.internal.body.ResponseBody;
import io.restconnector.http.internal.egress.HostPatterns;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.flowable.engine.delegate.BpmnError;
import org.jspecify.annotations.Nullable;

/**
 * What a call gives the process.
 *
 * @param outputs every output that the action has, null where there is nothing
 * @param error null on success
 * @param message the value of restError, null on success
 * @param cause what was behind the error, where an exception was; fit for a log
 */
public record CallResult(
    Map<String, @Nullable Object> outputs,
    @Nullable ErrorCode error,
    @Nullable String message,
    @Nullable Throwable cause) {

  /** The names of all outputs. */
  static final Set<String> OUTPUTS =
      Set.of("restResult", "restStatus", "restResponseHeaders", "restError");

  public CallResult {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** The result of a call whose inputs could not be used. */
  public static CallResult of(
      RestAction action, @Nullable String activity, InvalidInputException invalid) {
    String message =
        "%s of activity '%s' was not sent: %s".formatted(action, activity, invalid.getMessage());
    return result(action, null, invalid.code(), message, null);
  }

  /** What the application raised in an expression, in place of a call or of what it gave. */
  public static CallResult of(Map<String, @Nullable Object> outputs, BpmnError raised) {
    String message = OneLine.of(String.valueOf(raised.getMessage()));
    return new CallResult(outputs, ErrorCode.UNKNOWN_ERROR, message, raised);
  }

  /** The code of the BPMN error: the application's own where it raised one; null on success. */
  public @Nullable String code() {
    if (cause instanceof BpmnError raised) {
      return raised.getErrorCode();
    }
    return error == null ? null : error.name();
  }

  /** The error as the engine takes it: the application's own where it raised one. */
  public BpmnError asError() {
    return cause instanceof BpmnError raised
        ? raised
        : new BpmnError(String.valueOf(code()), message);
  }

  /** This result with other outputs. */
  CallResult withOutputs(Map<String, @Nullable Object> others) {
    return new CallResult(others, error, message, cause);
  }

  /** This result, which could not be written as the model says. */
  public CallResult unwritable(String what) {
    String line = OneLine.of(what);
    return new CallResult(outputs, ErrorCode.UNKNOWN_ERROR, line, null);
  }

  /** The result of an exchange, whose message has the URL as it is. */
  public static CallResult of(RestAction action, RestRequest request, CallOutcome outcome) {
    return of(action, request, outcome, UnaryOperator.identity());
  }

  /**
   * The result of an exchange; a response that this JVM cannot take in is an UNKNOWN_ERROR.
   *
   * @param shown makes of a URL without query, or a part of one, what a message may show of it
   */
  public static CallResult of(
      RestAction action, RestRequest request, CallOutcome outcome, UnaryOperator<String> shown) {
    try {
      return outcome instanceof CallOutcome.Response response && response.status() < 400
          ? result(action, response, null, null, null)
          : ofFailed(action, request, outcome, shown);
    } catch (RuntimeException | Error failed) {
      return failure(
          action,
          line(request, shown),
          ErrorCode.UNKNOWN_ERROR,
          "got a response that this JVM cannot take in",
          LoggedFailure.of(failed));
    }
  }

  private static String line(RestRequest request, UnaryOperator<String> shown) {
    return request.method() + " " + shown.apply(request.loggedUrl());
  }

  private static CallResult ofFailed(
      RestAction action, RestRequest sent, CallOutcome outcome, UnaryOperator<String> shown) {
    String request = line(sent, shown);
    if (outcome instanceof CallOutcome.Response response) {
      return result(
          action,
          response,
          ErrorCode.ofStatus(response.status()),
          request + " answered " + response.status(),
          null);
    }
    if (outcome instanceof CallOutcome.TimedOut timedOut) {
      return failure(
          action,
          request,
          ErrorCode.REQUEST_TIMEOUT,
          "did not end within "
              + timedOut.timeout().toMillis()
              + " ms"
              + (timedOut.waitedFor() == null ? "" : ", it waited for " + timedOut.waitedFor()),
          null);
    }
    if (outcome instanceof CallOutcome.TokenUnavailable none) {
      CallResult token = of(action, none.request(), none.outcome(), shown);
      return failure(
          action,
          request,
          none.outcome() instanceof CallOutcome.Response refusal
              ? ofTokenEndpoint(refusal.status())
              : Objects.requireNonNull(token.error()),
          "has no access token of authentication '%s', %s%s"
              .formatted(
                  none.authentication(),
                  token.message(),
                  none.reason() == null ? "" : " " + none.reason()),
          null);
    }
    if (outcome instanceof CallOutcome.CircuitOpen open) {
      return failure(
          action,
          request,
          ErrorCode.SERVICE_UNAVAILABLE,
          "was not sent, the circuit of " + shown.apply(open.origin()) + " is open",
          null);
    }
    if (outcome instanceof CallOutcome.ConnectionFailed failed) {
      return failure(action, request, ErrorCode.SERVICE_UNAVAILABLE, failed.what(), failed.cause());
    }
    if (outcome instanceof CallOutcome.BadResponse bad) {
      return failure(action, request, ErrorCode.BAD_GATEWAY, bad.what(), bad.cause());
    }
    if (outcome instanceof CallOutcome.TooLarge tooLarge) {
      return failure(
          action,
          request,
          ErrorCode.UNKNOWN_ERROR,
          "got a response larger than " + tooLarge.limit() + " bytes",
          null);
    }
    if (outcome instanceof CallOutcome.EgressDenied blocked) {
      return failure(
          action,
          request,
          ErrorCode.INVALID_INPUT,
          blocked.host().equalsIgnoreCase(HostPatterns.hostOf(sent.uri()))
              ? "was stopped, calls to " + shown.apply(blocked.host()) + " are denied"
              : "was stopped, it was redirected to a host to which calls are denied",
          null);
    }
    if (outcome instanceof CallOutcome.RetriesExhausted exhausted) {
      return of(action, sent, exhausted.last(), shown)
          .withMessageSuffix(" (attempt " + exhausted.attempts() + ")");
    }
    CallOutcome.Failed failed = (CallOutcome.Failed) outcome;
    return failure(action, request, ErrorCode.UNKNOWN_ERROR, failed.what(), failed.cause());
  }

  /** What was refused is the client, not the call; but who is busy says nothing of either. */
  private static ErrorCode ofTokenEndpoint(int status) {
    return switch (status) {
      case 407 -> ErrorCode.PROXY_AUTHENTICATION_REQUIRED;
      case 429 -> ErrorCode.SERVICE_UNAVAILABLE;
      default -> status < 500 ? ErrorCode.UNAUTHORIZED : ErrorCode.SERVICE_UNAVAILABLE;
    };
  }

  CallResult withMessageSuffix(String suffix) {
    String longer = message + suffix;
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(outputs);
    changed.put("restError", longer);
    return new CallResult(changed, error, longer, cause);
  }

  private static CallResult failure(
      RestAction action, String request, ErrorCode error, String what, @Nullable Throwable cause) {
    return result(action, null, error, request + " " + what, cause);
  }

  private static CallResult result(
      RestAction action,
      CallOutcome.@Nullable Response response,
      @Nullable ErrorCode error,
      @Nullable String text,
      @Nullable Throwable cause) {
    String message = text == null ? null : OneLine.of(text);
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    if (action.hasResult()) {
      outputs.put("restResult", response == null ? null : result(action, response));
    }
    outputs.put("restStatus", response == null ? null : response.status());
    if (action.hasResponseHeaders()) {
      outputs.put(
          "restResponseHeaders", response == null ? null : ResponseHeaders.of(response.headers()));
    }
    outputs.put("restError", message);
    return new CallResult(outputs, error, message, cause);
  }

  private static @Nullable Object result(RestAction action, CallOutcome.Response response) {
    try {
      if (action == RestAction.TRACE) {
        return response.length() > 0 ? ResponseBody.text(response) : null;
      }
      return ResponseBody.decode(response);
    } catch (RuntimeException | Error undecodable) {
      if (response.status() >= 400) {
        return null; // the status says more
      }
      throw undecodable;
    }
  }
}
