package io.restconnector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ListenerEndpoint;

/**
 * Holds thousands of requests on a few threads. {@code /hold} answers when it is told to, {@code
 * /delay/<ms>} after that time, {@code /status/<n>} with that status; the body tells the path.
 */
public final class SlowServer implements AutoCloseable {

  /** A request that came; the key is that of its Idempotency-Key header, or empty. */
  public record Seen(String method, String path, String key) {}

  private final HttpAsyncServer server;
  private final int port;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile boolean holdsAll;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  private SlowServer() {
    server =
        AsyncServerBootstrap.bootstrap()
            .setIOReactorConfig(
                IOReactorConfig.custom().setIoThreadCount(1).setBacklogSize(5000).build())
            .setCanonicalHostName("127.0.0.1")
            .register("*", new Handler())
            .create();
    server.start();
    try {
      ListenerEndpoint endpoint =
          server
              .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTP)
              .get();
      port = ((InetSocketAddress) endpoint.getAddress()).getPort();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public static SlowServer start() {
    return new SlowServer();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** All requests that came, in their order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Requests that have no answer yet. */
  public int open() {
    return open.get();
  }

  public int mostOpen() {
    return mostOpen.get();
  }

  /** Answers one held request. */
  public void release() {
    Runnable answer = held.poll();
    if (answer != null) {
      answer.run();
    }
  }

  /** Holds every request that comes from now on, until all are released. */
  public void holdAll() {
    holdsAll = true;
  }

  /**
   * Answers all held requests; those that have a delay then, those that come later at their time.
   */
  public void releaseAll() {
    synchronized (held) {
      holdsAll = false;
      for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
        answer.run();
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    server.close(CloseMode.IMMEDIATE);
  }

  private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, String>> {

    @Override
    public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
        HttpRequest request, EntityDetails entity, HttpContext context) {
      return new BasicRequestConsumer<>(entity == null ? null : new StringAsyncEntityConsumer());
    }

    @Override
    public void handle(
        Message<HttpRequest, String> message, ResponseTrigger trigger, HttpContext context) {
      HttpRequest request = message.getHead();
      String path = URI.create(request.getRequestUri()).getPath();
      Header key = request.getFirstHeader("Idempotency-Key");
      seen.add(new Seen(request.getMethod(), path, key == null ? "" : key.getValue()));
      mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
      int status = path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
      long delay =
          path.startsWith("/delay/")
              ? Long.parseLong(path.replaceFirst("/delay/(\\d+).*", "$1"))
              : 0;
      Runnable answer = () -> answer(trigger, context, status, path);
      Runnable inTime =
          delay == 0 ? answer : () -> timer.schedule(answer, delay, TimeUnit.MILLISECONDS);
      synchronized (held) {
        if (holdsAll || path.startsWith("/hold")) {
          held.add(inTime);
          return;
        }
      }
      inTime.run();
    }

    private void answer(ResponseTrigger trigger, HttpContext context, int status, String path) {
      open.decrementAndGet();
      try {
        trigger.submitResponse(
            AsyncResponseBuilder.create(status)
                .setEntity("{\"path\":\"" + path + "\"}", ContentType.APPLICATION_JSON)
                .build(),
            context);
      } catch (HttpException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
