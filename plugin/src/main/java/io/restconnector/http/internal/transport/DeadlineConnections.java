package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.egress.EgressGuard;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.concurrent.FutureContribution;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections within the deadline of the call that needs them.
 *
 * <p>The client resolves host names on the thread that asks for the connection, which is the
 * caller's or one of the few I/O threads, and a resolver may block for many seconds. So new
 * connections start on threads of their own; calls on kept-alive connections never come here.
 */
final class DeadlineConnections implements AsyncClientConnectionManager {

  /** Context attribute: the {@link Call} that a connection is for. */
  static final String CALL = "io.restconnector.call";

  /**
   * @param request the first one, before any redirect
   * @param result is done when nobody waits for the connection any more
   */
  record Call(RestRequest request, Deadline deadline, CompletableFuture<?> result) {

    Timeout remaining() {
      return Timeout.of(deadline.remaining());
    }
  }

  private final AsyncClientConnectionManager connections;
  private final EgressGuard guard;
  private final ConnectExecutor connectExecutor;

  DeadlineConnections(
      AsyncClientConnectionManager connections,
      EgressGuard guard,
      ConnectExecutor connectExecutor) {
    this.connections = connections;
    this.guard = guard;
    this.connectExecutor = connectExecutor;
  }

  @Override
  public Future<AsyncConnectionEndpoint> connect(
      AsyncConnectionEndpoint endpoint,
      ConnectionInitiator initiator,
      @Nullable Timeout connectTimeout,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    HopState.of(context).connects();
    Call call = (Call) context.getAttribute(CALL);
    ConnectAttempt attempt = new ConnectAttempt(initiator, callback);
    // The client's own cancellation may come to nothing when it meets a step just begun.
    call.result().whenComplete((outcome, cancelled) -> attempt.cancel());
    try {
      connectExecutor.execute(
          call.request().origin(), () -> connect(endpoint, attempt, call, attachment, context));
    } catch (RejectedExecutionException closed) {
      attempt.failed(closed);
    }
    return attempt;
  }

  private void connect(
      AsyncConnectionEndpoint endpoint,
      ConnectAttempt attempt,
      Call call,
      @Nullable Object attachment,
      HttpContext context) {
    if (attempt.isDone()) {
      return;
    }
    try {
      RoutedEndpoint routed = (RoutedEndpoint) endpoint;
      routed.check(guard);
      connections.connect(
          routed.endpoint(),
          attempt,
          call.remaining(),
          attachment,
          context,
          new FutureContribution<>(attempt) {
            @Override
            public void completed(AsyncConnectionEndpoint connected) {
              attempt.completed(connected);
            }
          });
    } catch (RuntimeException | UnknownHostException unusable) {
      attempt.failed(unusable);
    }
  }

  @Override
  public Future<AsyncConnectionEndpoint> lease(
      String id,
      HttpRoute route,
      @Nullable Object state,
      Timeout requestTimeout,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    return connections.lease(
        id,
        route,
        state,
        requestTimeout,
        new CallbackContribution<>(callback) {
          @Override
          public void completed(AsyncConnectionEndpoint leased) {
            callback.completed(new RoutedEndpoint(leased, route));
          }
        });
  }

  @Override
  public void release(
      AsyncConnectionEndpoint endpoint, @Nullable Object newState, TimeValue validDuration) {
    connections.release(RoutedEndpoint.inside(endpoint), newState, validDuration);
  }

  @Override
  public void upgrade(
      AsyncConnectionEndpoint endpoint, @Nullable Object attachment, HttpContext context) {
    connections.upgrade(RoutedEndpoint.inside(endpoint), attachment, context);
  }

  @Override
  public void upgrade(
      AsyncConnectionEndpoint endpoint,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    connections.upgrade(RoutedEndpoint.inside(endpoint), attachment, context, callback);
  }

  @Override
  public void close(CloseMode mode) {
    connections.close(mode);
  }

  @Override
  public void close() {
    connections.close(CloseMode.GRACEFUL);
  }
}
