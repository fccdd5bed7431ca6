package io.restconnector.webhook.internal;

import io.restconnector.webhook.internal.request.BlockingReader;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time between the head of a request and its end, in which no thread waits: for the body, then
 * for memory to parse it. Each has a deadline.
 *
 * <p>An answer that is given before the body is in comes early. A sender that is still sending
 * would lose it if the connection were closed at once (RFC 9112 §9.6), so what it sends is read and
 * dropped for a while.
 *
 * <p>Safe for use by many threads.
 */
public final class Arrival implements AutoCloseable {

  private static final int A_MOMENT = 200;

  private final Reception reception;
  private final Runnable answerable;
  private final Runnable early;
  private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> rest = new CompletableFuture<>();
  private final AtomicLong dropped = new AtomicLong();
  private volatile Supplier<WebhookResponse> answer;

  /**
   * Begins to read the body of a request. One of the two is called, once, on any thread, and must
   * return at once.
   *
   * @param answerable when the body has come in
   * @param early when it has not; {@link #linger} follows the answer
   */
  public Arrival(Reception reception, Runnable answerable, Runnable early) {
    this.reception = reception;
    this.answerable = answerable;
    this.early = early;
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
                (isAtEnd() ? answerable : early).run();
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

  /** Whether more of the body is to be read. */
  public boolean isAwaited() {
    return !rest.isDone();
  }

  /**
   * An early answer was sent.
   *
   * @param close is called once, on any thread, and must return at once
   */
  public void linger(Runnable close) {
    rest.completeOnTimeout(null, reception.lingering().toNanos(), TimeUnit.NANOSECONDS)
        .thenRun(close);
  }

  public boolean isAtEnd() {
    return reception.body().isAtEnd();
  }

  /** The first bytes of a buffer have come. */
  public void add(byte[] buffer, int count) {
    if (body.isDone() && dropped.addAndGet(count) > BlockingReader.MOST_DROPPED) {
      rest.complete(null);
    }
    try {
      reception.body().add(buffer, count);
    } catch (RefusedException refused) {
      refuse(refused);
    }
  }

  /** All of the body has come. */
  public void end() {
    reception.body().end();
    rest.complete(null);
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
    rest.complete(null);
    refuseWith(refused);
    return true;
  }

  /** The answer; lets go of all that the request holds. */
  public WebhookResponse answer() {
    try (reception) {
      return answer.get();
    }
  }

  /** What the request waits for in place of that answer; null for nothing. */
  public @Nullable AwaitedAnswer awaited() {
    return reception.awaited();
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
