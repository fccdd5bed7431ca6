package io.restconnector.http.internal.transport;

import java.net.SocketAddress;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection, which leaves no open socket behind when it is cancelled.
 *
 * <p>The client drops a socket that is connected, or is in its TLS handshake, at the moment of the
 * cancellation, and does not close it. So the socket is held here until the connection is ready. A
 * socket that is not yet connected is left to the connect timeout: to cancel it is what makes the
 * reactor lose sight of it.
 */
final class ConnectAttempt extends BasicFuture<AsyncConnectionEndpoint>
    implements ConnectionInitiator {

  private final ConnectionInitiator initiator;
  private volatile @Nullable IOSession socket;

  ConnectAttempt(ConnectionInitiator initiator, FutureCallback<AsyncConnectionEndpoint> callback) {
    super(callback);
    this.initiator = initiator;
  }

  @Override
  public Future<IOSession> connect(
      NamedEndpoint remote,
      SocketAddress remoteAddress,
      SocketAddress localAddress,
      Timeout timeout,
      Object attachment,
      FutureCallback<IOSession> callback) {
    initiator.connect(
        remote,
        remoteAddress,
        localAddress,
        timeout,
        attachment,
        new CallbackContribution<>(callback) {
          @Override
          public void completed(IOSession connected) {
            socket = connected;
            if (isDone()) {
              closeSocket();
            }
            callback.completed(connected);
          }
        });
    return new BasicFuture<>(null);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      closeSocket();
    }
    return cancelled;
  }

  @Override
  public boolean failed(Exception cause) {
    boolean failed = super.failed(cause);
    if (failed) {
      closeSocket();
    }
    return failed;
  }

  private void closeSocket() {
    IOSession open = socket;
    if (open != null) {
      open.close(CloseMode.IMMEDIATE);
    }
  }
}
