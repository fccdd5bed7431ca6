package io.restconnector.webhook.internal;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.content.internal.ParsingBudget.Permit;
import io.restconnector.internal.DatabaseFailure;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.delivery.PendingAnswer;
import io.restconnector.webhook.internal.request.IncomingBody;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request, from its head to its answer; knows no servlet. */
public final class Reception implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

  /** How long an answer that needs no body waits for the body's end. */
  private static final Duration BEFORE_THE_ANSWER = Duration.ofSeconds(1);

  private static final Duration AFTER_THE_ANSWER = Duration.ofSeconds(5);

  static final String ABORTED = "Aborted";

  private final WebhookEndpoint endpoint;
  private final WebhookRequest request;
  private final TriggerDispatch dispatch;
  private final Tracing.Span span;
  private final long start = System.nanoTime();
  private final Instant receivedAt;
  private final IncomingBody body;
  private final @Nullable WebhookResponse decided;
  private final Occasion occasion;
  private byte @Nullable [] seen;
  private @Nullable CompletableFuture<Permit> permit;
  private @Nullable AwaitedAnswer awaited;

  /**
   * The head of a request has come.
   *
   * @param declaredLength of the body, -1 where it is not known
   */
  Reception(
      WebhookEndpoint endpoint, WebhookRequest request, long declaredLength, Occasion occasion) {
    this.endpoint = endpoint;
    this.request = request;
    span = endpoint.span(request);
    this.occasion = occasion;
    receivedAt = endpoint.triggers().now();
    dispatch =
        new TriggerDispatch(
            endpoint.triggers(), endpoint.settings(), request, receivedAt, occasion);
    decided = decide(declaredLength);
    body = new IncomingBody(declaredLength, dispatch.limit(), decided == null, endpoint.bodies());
  }

  /** Null where the answer depends on the body. */
  private @Nullable WebhookResponse decide(long declaredLength) {
    try {
      return dispatch.head(declaredLength);
    } catch (RefusedException refused) {
      return refused.response();
    } catch (RuntimeException failed) {
      return failed(failed);
    }
  }

  boolean isDecided() {
    return decided != null;
  }

  public IncomingBody body() {
    return body;
  }

  /** How long to wait for the end of the body. */
  Duration bodyTimeout() {
    return isDecided() ? atMost(BEFORE_THE_ANSWER) : endpoint.settings().bodyTimeout();
  }

  /** How long the rest of a body is read once the request is answered. */
  Duration lingering() {
    return atMost(AFTER_THE_ANSWER);
  }

  private Duration atMost(Duration limit) {
    Duration timeout = endpoint.settings().bodyTimeout();
    return timeout.compareTo(limit) > 0 ? limit : timeout;
  }

  /** How long to wait for memory. */
  Duration memoryTimeout() {
    return endpoint.settings().bodyTimeout();
  }

  /** Completes when there is memory to parse the body that has come in. */
  CompletableFuture<Permit> permit() {
    CompletableFuture<Permit> asked =
        endpoint.budget().request(isDecided() ? 0 : dispatch.weight(body.length()), this);
    permit = asked;
    return asked;
  }

  /** Answers a request whose body has come in; what it fires is committed when this returns. */
  public WebhookResponse answer() {
    if (decided != null) {
      return observed(decided);
    }
    WebhookResponse answer;
    Tracing.Scope scope = span.open();
    try {
      byte[] bytes = body.take();
      seen = endpoint.seenBy(bytes);
      answer = dispatch.body(bytes);
    } catch (RefusedException refused) {
      answer = refused.response();
    } catch (RuntimeException | Error failed) {
      answer = failed(failed);
    } finally {
      scope.close();
    }
    PendingAnswer pending = dispatch.pending();
    if (pending == null) {
      return observed(answer);
    }
    awaited = new AwaitedAnswer(pending, observation(), span);
    dispatch.forget(); // the container may hold this while the request waits
    return answer;
  }

  /**
   * What the request waits for, once it was asked for its answer; that one is then for those who
   * cannot wait. Null where it waits for nothing.
   */
  public @Nullable AwaitedAnswer awaited() {
    return awaited;
  }

  /** Answers a request whose body did not come in, or may not be parsed. */
  WebhookResponse refuse(RefusedException refused) {
    return observed(decided == null ? refused.response() : decided);
  }

  /** Reads the body on this thread, and answers. */
  public WebhookResponse answer(InputStream in) {
    try {
      endpoint.blocking().read(in, body, bodyTimeout());
      endpoint.blocking().await(permit(), memoryTimeout());
    } catch (RefusedException refused) {
      return refuse(refused);
    }
    return answer();
  }

  /** After an early answer: reads what is left of the body on this thread, for a while. */
  public void linger(InputStream in) {
    endpoint.blocking().drop(in, body, lingering());
  }

  /** Lets go of all that the request holds. */
  @Override
  public void close() {
    if (awaited == null) {
      span.end(ABORTED);
    }
    body.close();
    CompletableFuture<Permit> asked = permit;
    if (asked != null && !asked.cancel(false) && !asked.isCompletedExceptionally()) {
      asked.join().close();
    }
  }

  private WebhookResponse failed(Throwable failure) {
    List<String> triggers = dispatch.concernedKeys();
    if (DatabaseFailure.isAnyOutage(failure)) {
      LOG.warn(
          "A webhook request to the triggers {} failed: the database is unavailable, accepts no writes"
              + " or has no free connection",
          triggers);
      LOG.debug("The database is unavailable", LoggedFailure.of(failure));
      return RefusedException.unavailable("The database is not available; try again.").response();
    }
    LOG.error(
        "A webhook request to the triggers {} failed; nothing of it is committed",
        triggers,
        LoggedFailure.of(failure));
    return failure();
  }

  static WebhookResponse failure() {
    return WebhookResponse.problem(
        Kind.FAILED, 500, "The request failed, and nothing of it is stored.");
  }

  private WebhookResponse observed(WebhookResponse answer) {
    // The address of an answer is a secret.
    if (dispatch.isForAnswer()) {
      span.end(null);
      return answer;
    }
    return observation().apply(answer);
  }

  /** Tells the listeners and the trace of an answer. */
  private UnaryOperator<WebhookResponse> observation() {
    WebhookEndpoint observed = endpoint;
    Instant received = receivedAt;
    long begun = start;
    WebhookRequest head = request;
    @Nullable String route = dispatch.route();
    long length = body.length();
    List<TriggerOutcome> outcomes = dispatch.outcomes();
    Tracing.Span traced = span;
    byte @Nullable [] beginning = seen;
    List<AnsweredRequest.Part> parts = endpoint.isJournaled() ? dispatch.parts() : List.of();
    var replayOf = occasion.replayOf();
    return answer -> {
      WebhookOutcome outcome =
          new WebhookOutcome(
              received,
              Duration.ofNanos(System.nanoTime() - begun),
              head.method(),
              head.path(),
              length,
              answer.status(),
              answer.kind(),
              outcomes);
      observed.answered(
          new AnsweredRequest(outcome, head, answer, beginning, parts, replayOf), traced, route);
      return answer;
    };
  }
}
