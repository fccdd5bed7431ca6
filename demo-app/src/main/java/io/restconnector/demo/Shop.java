package io.restconnector.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The back end that the sample processes call: a shop on a port of its own. It has sold its last
 * vase, and its payment service is down for everything in the currency XTS. A payment is settled by
 * one callback: a moment after the answer, but in the currency CHF before it, when no process can
 * wait yet. The shop answers as slowly as a person can watch, and its carrier needs two seconds
 * more.
 */
final class Shop implements AutoCloseable {

  private record Answer(int status, Map<String, String> headers, String body) {
    static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private final Duration pace;

  /**
   * A shop that is open.
   *
   * @param pace how long it takes for each answer
   */
  Shop(Duration pace) {
    this.pace = pace;
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

  /** What was called and answered since the last time. */
  List<String> takeCalls() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      sleep(pace);
      Answer answer = answer(exchange, request);
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      boolean noBody = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
      calls.add(
          "%-7s %-22s %s -> %d %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  request,
                  answer.status(),
                  answer.body().lines().findFirst().orElse("")));
      exchange.sendResponseHeaders(answer.status(), noBody ? -1 : body.length);
      if (!noBody) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answer(HttpExchange exchange, String body) {
    String path = exchange.getRequestURI().getPath();
    String resource = path.split("/", -1)[1];
    return switch (exchange.getRequestMethod() + " " + resource) {
      case "GET catalog" ->
          path.endsWith("/ghost") ? Answer.json(404, "{}") : Answer.json(200, "{\"price\":19.99}");
      case "GET carriers" -> think();
      case "HEAD catalog" ->
          path.endsWith("/ghost")
              ? new Answer(404, Map.of(), "")
              : new Answer(200, Map.of("ETag", "\"v7\""), "");
      case "OPTIONS catalog" ->
          new Answer(204, Map.of("Allow", "GET, HEAD, PATCH, DELETE, OPTIONS, TRACE"), "");
      case "PATCH catalog" -> Answer.json(200, "{\"retired\":true}");
      case "DELETE catalog" -> new Answer(204, Map.of(), "");
      case "TRACE catalog" ->
          new Answer(
              200, Map.of("Content-Type", "message/http"), "TRACE " + path + " HTTP/1.1\r\n\r\n");
      case "PUT reservations" ->
          body.contains("vase")
              ? Answer.json(409, "{\"title\":\"sold out\"}")
              : Answer.json(201, "{\"reserved\":true}");
      case "POST payments" ->
          body.contains("XTS")
              ? Answer.json(503, "{\"title\":\"payment service is down\"}")
              : accept(body);
      default -> Answer.json(404, "{\"title\":\"no such thing\"}");
    };
  }

  /** The carrier takes its time. */
  private static Answer think() {
    sleep(Duration.ofSeconds(2));
    return Answer.json(200, "{\"carrier\":\"Post\",\"days\":3}");
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer accept(String body) {
    URI callback = URI.create(body.replaceFirst("(?s).*\"callback\":\"([^\"]*)\".*", "$1"));
    if (body.contains("CHF")) {
      settle(callback, "before it answers");
    } else {
      later.schedule(() -> settle(callback, "after it answered"), 200, TimeUnit.MILLISECONDS);
    }
    return Answer.json(202, "{\"state\":\"pending\"}");
  }

  /** As many senders do, it takes any answer as final. */
  private void settle(URI callback, String when) {
    HttpRequest request =
        HttpRequest.newBuilder(callback)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"paymentId\":\"P-1\",\"settled\":true}"))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      calls.add("The payment service calls back %s -> %d".formatted(when, status));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    later.shutdownNow();
    threads.shutdownNow();
  }
}
