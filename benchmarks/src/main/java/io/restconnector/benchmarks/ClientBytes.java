package io.restconnector.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What one call through the connector's client allocates, beside HttpClient's bare async API. */
final class ClientBytes {

  private static final String CONNECTOR = "connector's client";
  private static final String BARE = "bare HttpClient, async";
  private static final int WARM_UP_ROUNDS = 20;
  private static final int CALLS = 100;

  private ClientBytes() {}

  static void print(int rounds) throws Exception {
    ClientBenchmark benchmark = new ClientBenchmark();
    ClientBenchmark.Connector connector = new ClientBenchmark.Connector();
    ClientBenchmark.BareAsync bare = new ClientBenchmark.BareAsync();
    Comparison bytes = new Comparison(List.of(CONNECTOR, BARE));
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      Map<String, Double> round = new HashMap<>();
      round.put(CONNECTOR, bytes(() -> benchmark.connectorWithBreaker(connector)));
      round.put(BARE, bytes(() -> benchmark.bareAsync(bare)));
      if (i >= 0) {
        bytes.addRound(round);
      }
    }
    connector.close();
    bare.close();
    bytes.print("Allocated for one GET", "bytes");
    bytes.printRatio(CONNECTOR, BARE);
  }

  private static double bytes(Callable<?> call) throws Exception {
    long before = AllocatedBytes.now();
    for (int i = 0; i < CALLS; i++) {
      call.call();
    }
    return (double) (AllocatedBytes.now() - before) / CALLS;
  }
}
