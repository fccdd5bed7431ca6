package io.restconnector.benchmarks;

import io.restconnector.http.EgressParts;
import io.restconnector.http.EgressSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * What the egress guard costs a call.
 *
 * <p>No setting takes the guard out of the client. But all that it does is done in the look-up of a
 * host, so its time is that of a guarded look-up less that of a plain one. It is set against the
 * time of a call that opens a connection, which contains it; look-ups are counted to show that the
 * call on a kept-alive connection does not.
 */
final class EgressComparison {

  private static final String KEPT_ALIVE = "call on a kept-alive connection";
  private static final String NEW = "call on a new connection";
  private static final String PLAIN = "look-up";
  private static final String GUARD = "guard";
  private static final String GUARD_LISTS = "guard, 20 allowed and 20 denied";

  private static final int WARM_UP_ROUNDS = 30;
  private static final int CALLS = 50;
  private static final int BATCHES = 20;
  private static final int BATCH = 100;

  private EgressComparison() {}

  /** Counts what a client looks up. */
  private record Counting(AtomicInteger lookUps) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      lookUps.incrementAndGet();
      return SystemDefaultDnsResolver.INSTANCE.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /** Takes the number of rounds, by default 100. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    DnsResolver plain = SystemDefaultDnsResolver.INSTANCE;
    DnsResolver guard = EgressParts.guard(EgressSettings.defaults(), plain);
    DnsResolver guardLists = EgressParts.guard(lists(), plain);
    Counting ofKeptAlive = new Counting(new AtomicInteger());
    Counting ofNew = new Counting(new AtomicInteger());
    Comparison comparison = new Comparison(List.of(KEPT_ALIVE, NEW, PLAIN, GUARD, GUARD_LISTS));
    try (LoopbackServer keeping = new LoopbackServer();
        LoopbackServer closing = LoopbackServer.closing();
        RestClient client = EgressParts.client(HttpSettings.defaults(), ofKeptAlive);
        RestClient anew = EgressParts.client(HttpSettings.defaults(), ofNew)) {
      String host = closing.uri().getHost();
      for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
        Map<String, Double> round = new HashMap<>();
        round.put(KEPT_ALIVE, median(CALLS, 1, () -> get(client, keeping)));
        double unguarded = median(BATCHES, BATCH, () -> plain.resolve(host));
        round.put(PLAIN, unguarded);
        round.put(NEW, median(CALLS, 1, () -> get(anew, closing)));
        round.put(GUARD, median(BATCHES, BATCH, () -> guard.resolve(host)) - unguarded);
        round.put(GUARD_LISTS, median(BATCHES, BATCH, () -> guardLists.resolve(host)) - unguarded);
        if (i >= 0) {
          comparison.addRound(round);
        }
      }
    }
    comparison.printTimes("Egress guard, " + rounds + " rounds");
    double calls = (rounds + WARM_UP_ROUNDS) * (double) CALLS;
    System.out.printf(
        "look-ups for each call: %.4f kept-alive, %.4f new%n",
        ofKeptAlive.lookUps().get() / calls, ofNew.lookUps().get() / calls);
    comparison.printRatio(GUARD, NEW);
    comparison.printRatio(GUARD_LISTS, NEW);
  }

  /** None matches, so that all are looked at: ten names and ten blocks in each list. */
  private static EgressSettings lists() {
    return EgressSettings.defaults()
        .withAllow(patterns("partner", 10))
        .withDeny(patterns("rival", 20));
  }

  private static List<String> patterns(String name, int octet) {
    return IntStream.range(0, 10)
        .boxed()
        .flatMap(
            i -> Stream.of("*.%s%d.example".formatted(name, i), "%d.%d.0.0/16".formatted(octet, i)))
        .toList();
  }

  @SuppressWarnings("NullAway") // javac 17 does not read an array's annotation from a class file
  private static CallOutcome get(RestClient client, LoopbackServer server) throws Exception {
    CallOutcome outcome =
        client
            .send(
                new RestRequest(
                    "GET", server.uri(), List.of(), null, Duration.ofSeconds(30), false))
            .get();
    if (!(outcome instanceof CallOutcome.Response)) {
      throw new IllegalStateException(outcome.toString());
    }
    return outcome;
  }

  /** Of one run of the work, in microseconds. */
  private static double median(int samples, int runs, Callable<?> work) throws Exception {
    double[] times = new double[samples];
    for (int i = 0; i < samples; i++) {
      long start = System.nanoTime();
      for (int run = 0; run < runs; run++) {
        if (work.call() == null) {
          throw new IllegalStateException("no result");
        }
      }
      times[i] = (System.nanoTime() - start) / 1e3 / runs;
    }
    return Comparison.median(times);
  }
}
