package io.restconnector.spi;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the calls of an engine, or around each attempt of a call. It may change the
 * request, answer in place of the network, and see the outcome. Several stand around one another in
 * their order: the first one sees the request first and the outcome last.
 *
 * <p>Threads: {@link #intercept} runs on the thread that starts the call or on a thread of the
 * connector, and several calls run at once. It must not block.
 *
 * <p>Deadline: a call ends at its {@link Deadline}, whatever an interceptor does. Calls that {@link
 * Chain#proceed} started are cancelled when the call ends.
 *
 * <p>Errors: an exception, a null in place of an outcome, and a future that completes with an
 * exception end the call with UNKNOWN_ERROR. No message of that exception is logged, as it may
 * quote the request.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CallInterceptor {

  /** What an interceptor stands around. */
  enum Around {
    /**
     * A whole call: it is seen once, however often it is retried. The request has no credential of
     * an {@code authentication} yet.
     */
    CALL,
    /**
     * Each attempt. The request has the headers of its {@code authentication}, whose values no
     * {@code toString} shows; a key that travels in the query is not shown. Redirects are part of
     * the attempt.
     */
    ATTEMPT
  }

  /** What this interceptor stands around. */
  default Around around() {
    return Around.CALL;
  }

  /**
   * Goes on with the call, or answers it.
   *
   * @return completes with the outcome of the call
   */
  CompletableFuture<CallOutcome> intercept(Chain chain);

  /** The rest of the call. */
  interface Chain {

    /** The request as the interceptors before this one left it. */
    RestRequest request();

    /** When the call ends. */
    Deadline deadline();

    /** The task that makes the call, null where no task does. */
    @Nullable CallSource source();

    /** Goes on with this request. May be called more than once, or not at all. */
    CompletableFuture<CallOutcome> proceed(RestRequest request);
  }
}
