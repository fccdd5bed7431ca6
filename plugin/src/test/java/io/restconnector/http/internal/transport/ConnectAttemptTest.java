package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a socket whose connection nobody wants any more. */
@SuppressWarnings("NullAway") // nobody looks at where it goes from, or at the connection
class ConnectAttemptTest {

  private final List<CloseMode> closed = new ArrayList<>();
  private final List<IOSession> handedOn = new ArrayList<>();
  private final List<FutureCallback<IOSession>> started = new ArrayList<>();
  private final ConnectAttempt attempt =
      new ConnectAttempt(
          (remote, remoteAddress, localAddress, timeout, attachment, callback) -> {
            started.add(callback);
            return new BasicFuture<>(callback);
          },
          null);
  private final Future<IOSession> connecting =
      attempt.connect(
          new HttpHost("http", "a.test", 80),
          InetSocketAddress.createUnresolved("a.test", 80),
          null,
          Timeout.ofSeconds(1),
          null,
          new CallbackContribution<>(null) {
            @Override
            public void completed(IOSession session) {
              handedOn.add(session);
            }
          });

  /** The socket is connected. */
  private void connect() {
    IOSession socket =
        (IOSession)
            Proxy.newProxyInstance(
                IOSession.class.getClassLoader(),
                new Class<?>[] {IOSession.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("close")) {
                    closed.add((CloseMode) arguments[0]);
                  }
                  return null;
                });
    started.get(0).completed(socket);
  }

  @Test
  void whenTheConnectionIsReadyThenItsSocketStaysOpen() {
    connect();
    attempt.completed(null);

    assertThat(attempt.cancel(true)).isFalse();
    assertThat(attempt.failed(new IllegalStateException())).isFalse();
    assertThat(handedOn).hasSize(1);
    assertThat(closed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenItIsGivenUpBeforeTheConnectionIsReadyThenTheSocketIsClosed(boolean isCancelled) {
    connect();
    assertThat(closed).isEmpty();

    assertThat(isCancelled ? attempt.cancel(true) : attempt.failed(new IllegalStateException()))
        .isTrue();

    assertThat(closed).containsExactly(CloseMode.IMMEDIATE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenItIsGivenUpBeforeTheSocketIsConnectedThenItIsClosedOnceItIs(boolean isCancelled) {
    assertThat(isCancelled ? attempt.cancel(true) : attempt.failed(new IllegalStateException()))
        .isTrue();
    assertThat(closed).isEmpty();
    assertThat(connecting.isCancelled()).isFalse(); // the reactor would lose sight of the socket

    connect();

    assertThat(closed).containsExactly(CloseMode.IMMEDIATE);
    assertThat(handedOn).hasSize(1);
  }
}
