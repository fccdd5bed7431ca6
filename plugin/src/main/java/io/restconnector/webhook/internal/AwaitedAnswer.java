package io.restconnector.webhook.internal;

import io.restconnector.internal.Tracing;
import io.restconnector.webhook.internal.delivery.PendingAnswer;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An answer that a request waits for while it holds no thread, and nothing of the request. */
public final class AwaitedAnswer implements AutoCloseable {

  private final PendingAnswer pending;
  private final UnaryOperator<WebhookResponse> observed;
  private final Tracing.Span span;

  AwaitedAnswer(PendingAnswer pending, UnaryOperator<WebhookResponse> observed, Tracing.Span span) {
    this.pending = pending;
    this.observed = observed;
    this.span = span;
  }

  /** Completes, on any thread, when there is something to answer. */
  public CompletableFuture<@Nullable Void> ready() {
    return pending.ready();
  }

  /** To be asked once, when it is ready; reads the database. */
  public WebhookResponse answer() {
    return observed.apply(pending.answer());
  }

  /** The answer of a request that cannot wait: where the other one will be. */
  public WebhookResponse accepted() {
    pending.close();
    return observed.apply(pending.accepted());
  }

  /** Nobody waits any longer. */
  @Override
  public void close() {
    span.end(Reception.ABORTED);
    pending.close();
  }
}
