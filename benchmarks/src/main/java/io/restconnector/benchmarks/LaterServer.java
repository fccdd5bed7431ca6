package io.restconnector.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Accepts a request, and answers the first question for its status. */
final class LaterServer implements AutoCloseable {

  private static final byte[] DONE = "{\"state\":\"done\"}".getBytes(StandardCharsets.US_ASCII);

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  LaterServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(threads);
    server.createContext("/accept", LaterServer::accept);
    server.createContext("/status", LaterServer::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/accept");
  }

  private static void accept(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/status");
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, DONE.length);
    exchange.getResponseBody().write(DONE);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
