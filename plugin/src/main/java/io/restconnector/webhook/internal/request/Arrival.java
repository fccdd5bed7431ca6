package io.restconnector.webhook.internal.request;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time between the head of a request and its answer, in which no thread waits: for the body,
 * then for memory to parse it. Each has a deadline. Safe for use by many threads.
 */
public final class Arrival implements AutoCloseable {

  private static final int A_MOMENT = 200;

  private final Reception reception;
  private final Runnable answerable;
  private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();
  private volatile Supplier<WebhookResponse> answer;

  /**
   * Begins to read the body of a request.
   *
   * @param answerable is called once, on any thread, and must return at once
   */
  public Arrival(Reception reception, Runnable answerable) {
    this.reception = reception;
    this.answerable = answerable;
    answer = reception::answer;
  }

  public void start() {
    body.orTimeout(reception.bodyTimeout().toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                awaitMemory();
              } else if (!body.isCancelled()) {
                refuseWith(
                    failure instanceof RefusedException refused
                        ? refused
                        : RefusedException.timedOut());
                answerable.run();
              }
            });
  }

  private void awaitMemory() {
    reception
        .permit()
        .orTimeout(reception.memoryTimeout().toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (permit, late) -> {
              if (late != null) {
                refuseWith(RefusedException.busy());
              }
              answerable.run();
            });
  }

  private void refuseWith(RefusedException refused) {
    answer = () -> reception.refuse(refused);
  }

  /** Whether more of the body is wanted. */
  public boolean isAwaited() {
    return !body.isDone();
  }

  public boolean isAtEnd() {
    return reception.body().isAtEnd();
  }

  /** The first bytes of a buffer have come. */
  public void add(byte[] buffer, int count) {
    try {
      reception.body().add(buffer, count);
    } catch (RefusedException refused) {
      refuse(refused);
    }
  }

  /** All of the body has come. */
  public void end() {
    reception.body().end();
    body.complete(null);
  }

  /** The body does not come, or is not wanted. */
  void refuse(RefusedException refused) {
    body.completeExceptionally(refused);
  }

  /** As {@link #refuse}, where the caller answers; false where it is too late for it. */
  public boolean abort(RefusedException refused) {
    if (!body.cancel(false)) {
      return false;
    }
    refuseWith(refused);
    return true;
  }

  /** The answer; lets go of all that the request holds. */
  public WebhookResponse answer() {
    try (reception) {
      return answer.get();
    }
  }

  /** Runs something after a moment, on no thread of a container. */
  public static void later(Runnable work) {
    CompletableFuture.delayedExecutor(A_MOMENT, TimeUnit.MILLISECONDS).execute(work);
  }

  @Override
  public void close() {
    reception.close();
  }
}
