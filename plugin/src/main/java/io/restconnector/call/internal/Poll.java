package io.restconnector.call.internal;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import io.restconnector.http.internal.resilience.RetryAfter;
import io.restconnector.http.internal.transport.Location;
import io.restconnector.http.internal.transport.UnusableLocationException;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a job asks for an answer that comes later, as the field poll says.
 *
 * @param until an expression over the outputs of an answer that tells whether it is the last one;
 *     null where every success but a 202 is
 * @param every the wait between two questions where the service does not say
 * @param from the header that has the status URL, or an expression that gives it
 * @param max how many questions there are at most
 */
public record Poll(@Nullable String until, Duration every, String from, int max) {

  static final String LOCATION = "location";
  static final String OPERATION_LOCATION = "operation-location";

  /** Of a job whose task says nothing any more. */
  static final Poll DEFAULT = new Poll(null, Duration.ofSeconds(5), LOCATION, 1000);

  private static final int ACCEPTED = 202;

  /** The least wait for a service that wants to be asked again at once. */
  private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);

  /** Why an answer gives no status URL, as the end of a sentence about the answer. */
  static final class NoStatusUrlException extends Exception {
    private static final long serialVersionUID = 1;

    NoStatusUrlException(String message) {
      super(message);
    }
  }

  /**
   * Whether this answer, which is a success, is the last one.
   *
   * @throws IllegalArgumentException when the expression does not suit an answer that is not a 202
   */
  boolean isLast(CallResult answer, DelegateExecution execution) {
    boolean isAccepted = Integer.valueOf(ACCEPTED).equals(answer.outputs().get("restStatus"));
    if (until == null) {
      return !isAccepted;
    }
    try {
      return isTrue(until, evaluate(until, answer, execution));
    } catch (IllegalArgumentException unusable) {
      if (isAccepted) {
        return false; // such an answer need not have what the last one has
      }
      throw unusable;
    }
  }

  private static boolean isTrue(String until, @Nullable Object value) {
    Object given = plain(value);
    if (given == null || given.equals(false) || given.equals("false")) {
      return false;
    }
    if (given.equals(true) || given.equals("true")) {
      return true;
    }
    throw new IllegalArgumentException(
        "the expression %s, which gives a %s, wanted a Boolean"
            .formatted(until, given.getClass().getTypeName()));
  }

  /** An expression may give a leaf of the response. */
  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof JsonNode node ? JsonValues.toVariable(node) : value;
  }

  private static @Nullable Object evaluate(
      String expression, CallResult answer, DelegateExecution execution) {
    return OutputMapping.evaluate(expression, new OutputVariables(answer.outputs(), execution));
  }

  /**
   * Where the first answer says that its status is.
   *
   * @throws NoStatusUrlException when it says nothing that may be asked
   * @throws IllegalArgumentException when the expression does not suit the answer
   */
  URI statusUrl(
      RestRequest request,
      CallOutcome.Response response,
      CallResult answer,
      DelegateExecution execution)
      throws NoStatusUrlException {
    boolean isExpression = ModelText.parse(from).hasExpressions();
    Object reference = isExpression ? evaluate(from, answer, execution) : response.header(from);
    String source = isExpression ? from : "the header " + from;
    Object text = plain(reference);
    if (text == null || (text instanceof String blank && blank.isBlank())) {
      throw new NoStatusUrlException("without a status URL, which poll.from wants from " + source);
    }
    if (!(text instanceof String url)) {
      throw new NoStatusUrlException(
          "with a status URL that is no String, which poll.from wants from " + source);
    }
    URI target;
    try {
      URI base = response.redirectedTo() == null ? request.uri() : response.redirectedTo();
      target = Location.resolve(base, url);
    } catch (UnusableLocationException unusable) {
      throw new NoStatusUrlException("with a status URL that is no http or https URL");
    }
    if (!request.withUri(target).origin().equals(request.origin())) {
      throw new NoStatusUrlException("with a status URL of another origin, which is not asked");
    }
    return target;
  }

  /** The wait before the next question. */
  Duration waitAfter(CallOutcome.Response response, Instant now) {
    Duration wanted = RetryAfter.of(response, Clock.fixed(now, ZoneOffset.UTC));
    if (wanted == null) {
      return every;
    }
    Duration least = every.compareTo(MIN_RETRY_AFTER) < 0 ? every : MIN_RETRY_AFTER;
    return wanted.compareTo(least) < 0 ? least : wanted;
  }
}
