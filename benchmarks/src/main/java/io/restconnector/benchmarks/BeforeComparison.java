package io.restconnector.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;

/** The connector's client and that of a commit before, by turns in one JVM. */
final class BeforeComparison {

  private static final int WARM_UP_ROUNDS = 60;
  private static final long ROUND_NANOS = 60_000_000;

  private BeforeComparison() {}

  /** Takes a checkout of the commit before, compiled, and the number of rounds, by default 200. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    Path before = Path.of(args[0]);
    try (BeforeLoader loader =
            new BeforeLoader(
                BeforeLoader.classes(before, "plugin"),
                BeforeLoader.classes(before, "benchmarks"));
        LoopbackServer plain = new LoopbackServer();
        LoopbackServer gzip = new LoopbackServer(gzip())) {
      Class<?> callsBefore = loader.loadClass(ConnectorCalls.class.getName());
      Map<String, Callable<?>> calls = new LinkedHashMap<>();
      calls.put("uncompressed, before", calls(callsBefore, plain.uri()));
      calls.put("uncompressed", calls(ConnectorCalls.class, plain.uri()));
      calls.put("gzip, before", calls(callsBefore, gzip.uri()));
      calls.put("gzip", calls(ConnectorCalls.class, gzip.uri()));
      compare(calls, rounds);
      for (Callable<?> each : calls.values()) {
        ((AutoCloseable) each).close();
      }
    }
  }

  private static Callable<?> calls(Class<?> type, URI uri) throws ReflectiveOperationException {
    return (Callable<?>) type.getConstructor(URI.class).newInstance(uri);
  }

  private static void compare(Map<String, Callable<?>> calls, int rounds) throws Exception {
    List<String> order = new ArrayList<>(calls.keySet());
    Comparison comparison = new Comparison(order);
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      Collections.rotate(order, 1);
      Map<String, Double> round = new HashMap<>();
      for (String each : order) {
        round.put(each, medianMicros(Objects.requireNonNull(calls.get(each))));
      }
      if (i >= 0) {
        comparison.addRound(round);
      }
    }
    comparison.printTimes("One GET, 1 caller, " + rounds + " rounds");
    comparison.printRatio("uncompressed", "uncompressed, before");
    comparison.printRatio("gzip", "gzip, before");
  }

  private static double medianMicros(Callable<?> call) throws Exception {
    double[] times = new double[10_000];
    int n = 0;
    long end = System.nanoTime() + ROUND_NANOS;
    long start = System.nanoTime();
    while (start < end && n < times.length) {
      call.call();
      long now = System.nanoTime();
      times[n++] = (now - start) / 1000.0;
      start = now;
    }
    return Comparison.median(Arrays.copyOf(times, n));
  }

  /** JSON of some 9 KB that becomes 2 KB. */
  private static byte[] gzip() throws IOException {
    Random random = new Random(1);
    StringBuilder json = new StringBuilder("[");
    while (json.length() < 8600) {
      json.append("{\"currency\":\"EUR\",\"rate\":").append(random.nextDouble()).append("},");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(body)) {
      out.write((json + "{}]").getBytes(StandardCharsets.US_ASCII));
    }
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response.writeBytes(
        """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        Content-Encoding: gzip\r
        Content-Length: %d\r
        \r
        """
            .formatted(body.size())
            .getBytes(StandardCharsets.US_ASCII));
    response.writeBytes(body.toByteArray());
    return response.toByteArray();
  }
}
