package io.restconnector.benchmarks;

import static io.restconnector.benchmarks.CallProcesses.HTTP;
import static io.restconnector.benchmarks.CallProcesses.HTTP_ALL;
import static io.restconnector.benchmarks.CallProcesses.HTTP_JSON;
import static io.restconnector.benchmarks.CallProcesses.NO_CALL;
import static io.restconnector.benchmarks.CallProcesses.REST;
import static io.restconnector.benchmarks.CallProcesses.REST_BODY;
import static io.restconnector.benchmarks.CallProcesses.REST_MAPPED;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A process with one call through the connector beside the same process with the engine's own HTTP
 * task: one engine, one database, one server, the ways of calling in turn.
 */
final class ProcessComparison {

  static final List<String> VARIANTS =
      List.of(NO_CALL, HTTP, HTTP_JSON, HTTP_ALL, REST, REST_MAPPED, REST_BODY);

  /** What is called once by each instance is compiled in full after some 5,000 of them. */
  private static final int WARM_UP_ROUNDS = 250;

  private static final int INSTANCES_PER_ROUND = 40;

  private ProcessComparison() {}

  /** Takes the number of rounds, by default 200. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    JdbcConnectionPool database =
        JdbcConnectionPool.create("jdbc:h2:mem:processes;DB_CLOSE_DELAY=-1", "sa", "");
    Comparison comparison = new Comparison(VARIANTS);
    try (LoopbackServer server = new LoopbackServer();
        CallProcesses processes = new CallProcesses(database, server.uri())) {
      List<String> order = new ArrayList<>(VARIANTS);
      for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
        Collections.rotate(order, 1);
        Map<String, Double> round = new HashMap<>();
        for (String variant : order) {
          round.put(variant, measure(processes, variant));
        }
        if (i >= 0) {
          comparison.addRound(round);
        }
        deleteHistory(database);
      }
    } finally {
      database.dispose();
    }
    comparison.printTimes("One process instance, " + rounds + " rounds");
    comparison.printRatio(REST, HTTP);
    comparison.printRatio(REST_MAPPED, HTTP);
    comparison.printRatio(REST_BODY, HTTP);
    comparison.printRatio(REST_BODY, HTTP_JSON);
    comparison.printRatio(REST, HTTP_ALL);
  }

  /** The median instance of a round, in microseconds. */
  private static double measure(CallProcesses processes, String variant) {
    double[] times = new double[INSTANCES_PER_ROUND];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      processes.run(variant);
      times[i] = (System.nanoTime() - start) / 1000.0;
    }
    return Comparison.median(times);
  }

  /** Else each round would meet larger tables than the one before. */
  private static void deleteHistory(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("PROCINST", "ACTINST", "VARINST", "DETAIL", "IDENTITYLINK")) {
        statement.execute("truncate table ACT_HI_" + table);
      }
      statement.execute("delete from ACT_GE_BYTEARRAY where DEPLOYMENT_ID_ is null");
    }
  }
}
