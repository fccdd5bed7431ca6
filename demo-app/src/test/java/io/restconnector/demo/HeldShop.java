package io.restconnector.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A shop whose answers wait until a test has seen what the page shows meanwhile. */
final class HeldShop implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore answers = new Semaphore(0);
  private volatile boolean held;
  private volatile boolean knowsGhosts;

  HeldShop() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void hold() {
    answers.drainPermits();
    held = true;
  }

  void answerOne() {
    answers.release();
  }

  void answerAll() {
    held = false;
    answers.release(1_000);
  }

  void learnAboutGhosts() {
    knowsGhosts = true;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (held) {
        answers.acquireUninterruptibly();
      }
      String path = exchange.getRequestURI().getPath();
      boolean unknown = path.endsWith("/ghost") && !knowsGhosts;
      byte[] body =
          (unknown ? "{\"title\": \"no such item\"}" : "{\"price\": 19.99, \"carrier\": \"Post\"}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(unknown ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    answerAll();
    server.stop(0);
    threads.shutdownNow();
  }
}
