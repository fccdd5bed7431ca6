package io.restconnector.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogManager;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Webhook requests beside a Spring controller, beside many waiting instances, and beside many other
 * triggers. What is compared takes turns in short rounds.
 */
final class WebhookComparison {

  private static final String EVENTS = "/rest-connector/events/";
  private static final Map<String, String> PATHS =
      Map.of(
          "controller", "/orders/",
          "action", EVENTS + "orders/",
          "event", EVENTS + "placed/",
          "trusted", EVENTS + "trusted/");
  private static final List<String> STARTS = List.of("controller", "action", "event", "trusted");
  private static final String BODY = "{\"amount\": 5, \"currency\": \"EUR\"}";

  private static final int DATABASE_CONNECTIONS = 20;
  private static final int SENDERS = 4;
  private static final int REQUESTS = 20;
  private static final int WAITING = 100;
  private static final int MANY_WAITING = 100_000;
  private static final int MANY_TRIGGERS = 1000;
  private static final int WARM_UP_ROUNDS = 20;

  /** Gives the time of one request. */
  private interface Measurement {
    double microseconds(String variant) throws Exception;
  }

  private final int rounds;
  private final AtomicInteger orders = new AtomicInteger();

  private WebhookComparison(int rounds) {
    this.rounds = rounds;
  }

  /** Takes the number of rounds, by default 50. */
  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset(); // Tomcat's
    WebhookComparison comparison =
        new WebhookComparison(args.length > 0 ? Integer.parseInt(args[0]) : 50);
    try (Postgres postgres = new Postgres();
        WebhookApplication few = application(postgres, "few", null);
        WebhookApplication many = application(postgres, "many", null)) {
      comparison.countStatements(postgres);
      comparison.starts(few);
      many.deployTriggers(1, MANY_TRIGGERS);
      comparison.triggers(Map.of("1 trigger", few, "1000 triggers", many));
      few.startWaiting(WAITING, 0);
      many.startWaiting(WAITING, MANY_WAITING - WAITING);
      comparison.waiting(Map.of("100 waiting", few, "100000 waiting", many));
    }
  }

  private static WebhookApplication application(
      Postgres postgres, String name, @Nullable StatementLog log) throws Exception {
    postgres.create(name);
    return new WebhookApplication(postgres.pool(name, DATABASE_CONNECTIONS), name, log);
  }

  private void countStatements(Postgres postgres) throws Exception {
    StatementLog log = new StatementLog();
    try (WebhookApplication application = application(postgres, "counted", log);
        RequestSender connection = connect(application)) {
      for (String variant : STARTS) {
        sendAll(connection, PATHS.getOrDefault(variant, ""));
        log.clear();
        connection.post(PATHS.get(variant) + orders.incrementAndGet(), BODY, 202);
        System.out.printf(
            "%n%s: %d transactions, %d statements%n",
            variant, log.connections(), log.statements().size());
        log.executed().forEach(executed -> System.out.println("  " + executed.shortened()));
      }
    }
  }

  private void starts(WebhookApplication application) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    List<RequestSender> connections = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      connections.add(connect(application));
    }
    Comparison starts =
        compare(
            STARTS,
            variant -> {
              List<Callable<Object>> work = new ArrayList<>();
              for (RequestSender connection : connections) {
                work.add(() -> sendAll(connection, PATHS.getOrDefault(variant, "")));
              }
              long start = System.nanoTime();
              for (Future<Object> sent : threads.invokeAll(work)) {
                sent.get();
              }
              return (System.nanoTime() - start) / 1000.0 / (SENDERS * REQUESTS);
            });
    threads.shutdown();
    for (RequestSender connection : connections) {
      connection.close();
    }
    starts.printTimes("Start of a process, " + SENDERS + " sender(s): time over requests");
    System.out.println("Requests per second, of the controller's:");
    starts.printRatio("controller", "action");
    starts.printRatio("controller", "event");
    System.out.println("With signature and deduplication, of the requests without:");
    starts.printRatio("action", "trusted");
  }

  private Object sendAll(RequestSender connection, String path) throws IOException {
    for (int i = 0; i < REQUESTS; i++) {
      connection.post(path + orders.incrementAndGet(), BODY, 202);
    }
    return connection;
  }

  private void triggers(Map<String, WebhookApplication> applications) throws Exception {
    Map<String, RequestSender> connections = connect(applications);
    Comparison triggers =
        compare(
            List.of("1 trigger", "1000 triggers"),
            variant -> medianTime(of(connections, variant), EVENTS + "none0/", 0));
    triggers.printTimes("Request for a trigger that only answers");
    triggers.printRatio("1000 triggers", "1 trigger");
  }

  private void waiting(Map<String, WebhookApplication> applications) throws Exception {
    Map<String, RequestSender> connections = connect(applications);
    int[] turn = {0};
    Comparison waiting =
        compare(
            List.of("100 waiting", "100000 waiting"),
            variant -> {
              int first = turn[0]++ / 2 * REQUESTS % WAITING;
              double time = medianTime(of(connections, variant), EVENTS + "paid/", first);
              for (int i = first; i < first + REQUESTS; i++) {
                of(applications, variant).startWaiting(i);
              }
              return time;
            });
    waiting.printTimes("Request that wakes the instance that waits for it");
    waiting.printRatio("100000 waiting", "100 waiting");
  }

  private static Map<String, RequestSender> connect(Map<String, WebhookApplication> applications)
      throws Exception {
    Map<String, RequestSender> connections = new HashMap<>();
    for (Map.Entry<String, WebhookApplication> application : applications.entrySet()) {
      connections.put(application.getKey(), connect(application.getValue()));
    }
    return connections;
  }

  private static <T> T of(Map<String, T> sides, String variant) {
    return Objects.requireNonNull(sides.get(variant));
  }

  private static RequestSender connect(WebhookApplication application) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(WebhookApplication.SECRET.getBytes(US_ASCII), "HmacSHA256"));
    String signature = HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(US_ASCII)));
    return new RequestSender(
        application.port(), "X-Hub-Signature-256: sha256=" + signature + "\r\n");
  }

  private static double medianTime(RequestSender connection, String path, int first)
      throws IOException {
    double[] times = new double[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      long start = System.nanoTime();
      connection.post(path + (first + i), BODY, 202);
      times[i] = (System.nanoTime() - start) / 1000.0;
    }
    return Comparison.median(times);
  }

  private Comparison compare(List<String> variants, Measurement measurement) throws Exception {
    Comparison comparison = new Comparison(variants);
    List<String> order = new ArrayList<>(variants);
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      Collections.rotate(order, 1);
      Map<String, Double> round = new HashMap<>();
      for (String variant : order) {
        round.put(variant, measurement.microseconds(variant));
      }
      if (i >= 0) {
        comparison.addRound(round);
      }
    }
    return comparison;
  }
}
