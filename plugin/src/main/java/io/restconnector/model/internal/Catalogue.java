package io.restconnector.model.internal;

import static io.restconnector.call.internal.RestAction.DELETE;
import static io.restconnector.call.internal.RestAction.HEAD;
import static io.restconnector.call.internal.RestAction.OPTIONS;
import static io.restconnector.call.internal.RestAction.PATCH;
import static io.restconnector.call.internal.RestAction.POST;
import static io.restconnector.call.internal.RestAction.PUT;
import static io.restconnector.call.internal.RestAction.TRACE;

import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.RestAction;
import io.restconnector.model.internal.TaskInput.Form;
import io.restconnector.model.internal.TaskInput.Group;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The inputs, outputs and errors of the actions, each described once. A test compares it with the
 * code that reads the inputs; what is made from it can therefore not differ from that code either.
 */
final class Catalogue {

  private static final Set<RestAction> ALL = EnumSet.allOf(RestAction.class);

  static final List<TaskInput> INPUTS =
      List.of(
          input(
              "restUrl",
              Form.STRING,
              null,
              Group.REQUEST,
              ALL,
              "URL",
              "Absolute http or https URL. A {name} in it is filled from restUrlParams."),
          input(
              "restUrlParams",
              Form.JSON_MAP,
              null,
              Group.REQUEST,
              ALL,
              "URL parameters",
              "Values for the {name} placeholders of the URL. The others become the query."),
          input(
              "restUrlEncoded",
              Form.BOOLEAN,
              "true",
              Group.REQUEST,
              allBut(TRACE),
              "Encode the URL",
              "Whether the connector percent-encodes. With false the URL is sent as it is."),
          input(
              "requestHeaders",
              Form.JSON_MAP,
              null,
              Group.REQUEST,
              ALL,
              "Headers",
              "Headers by name. An array repeats a header, null leaves it out."),
          input(
              "requestPayload",
              Form.JSON,
              null,
              Group.BODY,
              Set.of(POST, PUT, PATCH, DELETE),
              "Body",
              "What is sent, in the form of the Content-Type in requestHeaders, JSON by default."
                  + " DELETE sends it only where the task itself has it."),
          input(
              "authentication",
              Form.STRING,
              null,
              Group.ACCESS,
              allBut(TRACE),
              "Authentication",
              "Name of an authentication of the configuration."),
          input(
              "timeout",
              Form.INTEGER,
              "rest-connector.default-timeout",
              Group.RESILIENCE,
              ALL,
              "Timeout in milliseconds",
              "Bounds the whole exchange with all of its attempts, from 1 to 86400000 ms."),
          input(
              "circuitBreaker",
              Form.BOOLEAN,
              "false",
              Group.RESILIENCE,
              ALL,
              "Circuit breaker",
              "Whether the circuit breaker of the origin guards the call."),
          input(
              "maxAttempts",
              Form.INTEGER,
              "rest-connector.retry.max-attempts",
              Group.RESILIENCE,
              ALL,
              "Attempts",
              "How often the request is sent at most, the first time included."),
          input(
              "retryBackoff",
              Form.INTEGER,
              "rest-connector.retry.backoff",
              Group.RESILIENCE,
              ALL,
              "Wait before the second attempt in milliseconds",
              "The wait doubles with each further attempt."),
          input(
              "poll",
              Form.JSON_MAP,
              null,
              Group.RESILIENCE,
              ALL,
              "Ask for the answer later",
              "How the status of an accepted request is asked for: until, every, from, max. A field of"
                  + " external-worker tasks only."),
          input(
              "outputMapping",
              Form.JSON_MAP,
              null,
              Group.RESULT,
              ALL,
              "Output mapping",
              "Variables to write in place of the outputs. A field only."),
          input(
              "outputScope",
              Form.LOCAL,
              null,
              Group.RESULT,
              ALL,
              "Output scope",
              "Where local, the outputs stay in the activity's own execution. A field only."));

  static final List<TaskOutput> OUTPUTS =
      List.of(
          new TaskOutput(
              "restResult", "see below", EnumSet.complementOf(EnumSet.of(HEAD, OPTIONS))),
          new TaskOutput("restStatus", "Integer; null if no response came", ALL),
          new TaskOutput(
              "restResponseHeaders",
              "JSON object; names in lower case, a String, or an array where a header repeats; what is"
                  + " no UTF-8 is ISO-8859-1",
              allBut(TRACE)),
          new TaskOutput(
              "restError",
              "null on success, else [one line](errors.md) that says what failed",
              ALL));

  private Catalogue() {}

  /** An output of a REST task. */
  record TaskOutput(String name, String type, Set<RestAction> writtenBy) {}

  private static TaskInput input(
      String name,
      Form form,
      @Nullable String preset,
      Group group,
      Set<RestAction> readBy,
      String label,
      String meaning) {
    return new TaskInput(name, form, preset, group, readBy, label, meaning);
  }

  private static Set<RestAction> allBut(RestAction action) {
    return EnumSet.complementOf(EnumSet.of(action));
  }

  /** Those of a task: a delegate has no job that could wait. */
  static List<TaskInput> inputsOf(RestAction action, boolean worker) {
    return inputsOf(action).stream()
        .filter(input -> worker || !input.name().equals("poll"))
        .toList();
  }

  static List<TaskInput> inputsOf(RestAction action) {
    return INPUTS.stream().filter(input -> input.readBy().contains(action)).toList();
  }

  /** Such as "all but TRACE". */
  static String text(Set<RestAction> actions) {
    Set<RestAction> missing = EnumSet.allOf(RestAction.class);
    missing.removeAll(actions);
    if (missing.isEmpty()) {
      return "all";
    }
    return missing.size() <= 2
        ? "all but " + names(missing, " and ")
        : names(EnumSet.copyOf(actions), ", ");
  }

  private static String names(Set<RestAction> actions, String separator) {
    return actions.stream().map(Enum::name).collect(Collectors.joining(separator));
  }

  static boolean isErrorCode(String code) {
    return Arrays.stream(ErrorCode.values()).anyMatch(each -> each.name().equals(code));
  }

  /** What an error is raised for. */
  static String raisedFor(ErrorCode code) {
    return switch (code) {
      case MISSING_INPUT -> "a required input is absent; nothing was sent";
      case INVALID_INPUT ->
          "an input has the wrong type or form, or `rest-connector.egress` denies the host;"
              + " nothing was sent to it";
      case BAD_REQUEST -> "400, and any 4xx without a code of its own";
      case UNAUTHORIZED -> "401";
      case FORBIDDEN -> "403";
      case NOT_FOUND -> "404";
      case METHOD_NOT_ALLOWED -> "405";
      case NOT_ACCEPTABLE -> "406";
      case PROXY_AUTHENTICATION_REQUIRED -> "407";
      case REQUEST_TIMEOUT ->
          "408, and a `timeout` that passed, also while the call waited for a free connection of"
              + " this node or for a place in its [share](configuration.md#shares), which the"
              + " message says; a `poll` that is not done in its time or its"
              + " number of questions";
      case CONFLICT -> "409";
      case GONE -> "410";
      case INTERNAL_SERVER_ERROR -> "500, and any 5xx without a code of its own";
      case NOT_IMPLEMENTED -> "501";
      case BAD_GATEWAY ->
          "502; TLS failed; what came back is no HTTP response, is cut short, cannot be decoded,"
              + " or redirects to what is no http or https URL; a `poll` has no status URL of the"
              + " same origin";
      case SERVICE_UNAVAILABLE ->
          "503; the circuit is open; the connection was refused or reset; the host has no address";
      case GATEWAY_TIMEOUT -> "504";
      case UNKNOWN_ERROR ->
          "the response is larger than `rest-connector.max-response-size`; more than five"
              + " redirects; whatever else goes wrong";
    };
  }
}
