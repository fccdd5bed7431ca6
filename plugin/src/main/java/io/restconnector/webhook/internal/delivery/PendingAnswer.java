package io.restconnector.webhook.internal.delivery;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.internal.DatabaseFailure;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that a request waits for.
 *
 * @param ready completes, on any thread, when the process has answered or the time is over
 * @param accepted the answer that tells where the other one will be
 * @param current the answer if it is there, else {@code accepted}
 */
public record PendingAnswer(
    CompletableFuture<@Nullable Void> ready,
    WebhookResponse accepted,
    Supplier<@Nullable WebhookResponse> current)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PendingAnswer.class);

  /** To be asked once it is ready; reads the database. */
  public WebhookResponse answer() {
    try {
      WebhookResponse answer = current.get();
      return answer == null ? accepted : answer;
    } catch (RuntimeException failed) {
      if (DatabaseFailure.isAnyOutage(failed)) {
        LOG.debug("The answer of a process cannot be read now", LoggedFailure.of(failed));
        return accepted;
      }
      LOG.error("The answer of a process cannot be made", LoggedFailure.of(failed));
      return WebhookResponse.problem(
          Kind.FAILED, 500, "The process is so far, but the answer cannot be made.");
    }
  }

  /** Nobody waits any longer. */
  @Override
  public void close() {
    ready.complete(null);
  }
}
