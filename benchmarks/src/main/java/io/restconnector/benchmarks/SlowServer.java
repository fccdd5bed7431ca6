package io.restconnector.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers like {@link LoopbackServer}, but late, and thousands of connections on two threads. */
final class SlowServer implements AutoCloseable {

  private static final int BACKLOG = 4096;
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AsynchronousChannelGroup group;
  private final AsynchronousServerSocketChannel listener;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger mostWaiting = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Duration latency = Duration.ZERO;

  SlowServer() throws IOException {
    group = AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
    listener =
        AsynchronousServerSocketChannel.open(group)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    accept();
  }

  URI uri() throws IOException {
    return URI.create(
        "http://127.0.0.1:%d/rates/EUR"
            .formatted(((InetSocketAddress) listener.getLocalAddress()).getPort()));
  }

  /** From now on. */
  void answerAfter(Duration value) {
    latency = value;
    mostWaiting.set(0);
    accepted.set(0);
  }

  /** Requests that waited for their answer at the same time. */
  int mostWaiting() {
    return mostWaiting.get();
  }

  /** Connections that were opened since the latency was given. */
  int accepted() {
    return accepted.get();
  }

  private void accept() {
    listener.accept(
        null,
        on(
            connection -> {
              accepted.incrementAndGet();
              accept();
              read(connection, ByteBuffer.allocate(2048));
            }));
  }

  private void read(AsynchronousSocketChannel connection, ByteBuffer request) {
    connection.read(
        request,
        null,
        on(
            count -> {
              if (count < 0) {
                connection.close();
              } else if (isComplete(request)) {
                mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                clock.schedule(
                    () -> answer(connection, request), latency.toMillis(), TimeUnit.MILLISECONDS);
              } else {
                read(connection, request);
              }
            }));
  }

  private static boolean isComplete(ByteBuffer request) {
    int start = request.position() - END.length;
    for (int i = 0; i < END.length; i++) {
      if (start < 0 || request.get(start + i) != END[i]) {
        return false;
      }
    }
    return true;
  }

  private void answer(AsynchronousSocketChannel connection, ByteBuffer buffer) {
    waiting.decrementAndGet();
    // The response is far smaller than a socket's buffer.
    connection.write(
        LoopbackServer.response(), null, on(written -> read(connection, buffer.clear())));
  }

  private interface Step<T> {
    void take(T result) throws IOException;
  }

  /** A connection that fails has been closed by the client. */
  private static <T> CompletionHandler<T, Object> on(Step<T> step) {
    return new CompletionHandler<>() {
      @Override
      public void completed(T result, Object unused) {
        try {
          step.take(result);
        } catch (IOException closed) {
          // So it is here.
        }
      }

      @Override
      public void failed(Throwable closed, Object unused) {}
    };
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    group.shutdownNow();
  }
}
