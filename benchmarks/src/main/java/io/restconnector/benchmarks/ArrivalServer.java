package io.restconnector.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Answers at once, and remembers when which path was asked for. */
final class ArrivalServer {

  private final HttpServer server;
  private final Map<String, List<Long>> arrivals = new ConcurrentHashMap<>();

  ArrivalServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    List<Long> times =
        arrivals.computeIfAbsent(exchange.getRequestURI().getPath(), path -> new ArrayList<>());
    synchronized (times) {
      times.add(now);
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** When this path was asked for, as of {@link System#nanoTime}. */
  List<Long> arrivals(String path) {
    List<Long> times = arrivals.getOrDefault(path, List.of());
    synchronized (times) {
      return List.copyOf(times);
    }
  }
}
