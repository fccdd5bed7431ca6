package io.restconnector.http;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.ComplexFuture;
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

  /** Context attribute: the call's deadline as a {@link Long} of {@link System#nanoTime()}. */
  static final String DEADLINE = "io.restconnector.deadline";

  private final AsyncClientConnectionManager connections;
  private final Executor connectors;

  DeadlineConnections(AsyncClientConnectionManager connections, Executor connectors) {
    this.connections = connections;
    this.connectors = connectors;
  }

  @Override
  public Future<AsyncConnectionEndpoint> connect(
      AsyncConnectionEndpoint endpoint,
      ConnectionInitiator initiator,
      @Nullable Timeout connectTimeout,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    ComplexFuture<AsyncConnectionEndpoint> future = new ComplexFuture<>(callback);
    try {
      connectors.execute(() -> connect(endpoint, initiator, attachment, context, future));
    } catch (RejectedExecutionException closed) {
      future.failed(closed);
    }
    return future;
  }

  private void connect(
      AsyncConnectionEndpoint endpoint,
      ConnectionInitiator initiator,
      @Nullable Object attachment,
      HttpContext context,
      ComplexFuture<AsyncConnectionEndpoint> future) {
    if (future.isDone()) {
      return;
    }
    try {
      future.setDependency(
          connections.connect(
              endpoint,
              initiator,
              remaining(context),
              attachment,
              context,
              new FutureContribution<>(future) {
                @Override
                public void completed(AsyncConnectionEndpoint connected) {
                  future.completed(connected);
                }
              }));
    } catch (RuntimeException unusable) {
      future.failed(unusable);
    }
  }

  private static Timeout remaining(HttpContext context) {
    long deadline = (Long) context.getAttribute(DEADLINE);
    return Timeout.of(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  @Override
  public Future<AsyncConnectionEndpoint> lease(
      String id,
      HttpRoute route,
      @Nullable Object state,
      Timeout requestTimeout,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    return connections.lease(id, route, state, requestTimeout, callback);
  }

  @Override
  public void release(
      AsyncConnectionEndpoint endpoint, @Nullable Object newState, TimeValue validDuration) {
    connections.release(endpoint, newState, validDuration);
  }

  @Override
  public void upgrade(
      AsyncConnectionEndpoint endpoint, @Nullable Object attachment, HttpContext context) {
    connections.upgrade(endpoint, attachment, context);
  }

  @Override
  public void upgrade(
      AsyncConnectionEndpoint endpoint,
      @Nullable Object attachment,
      HttpContext context,
      FutureCallback<AsyncConnectionEndpoint> callback) {
    connections.upgrade(endpoint, attachment, context, callback);
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
