package io.restconnector.benchmarks;

import io.restconnector.benchmarks.StatementLog.Executed;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Prints the SQL statements that one process instance needs, for each way to make the call, and for
 * what may follow a call of the worker.
 */
final class StatementCount {

  private StatementCount() {}

  public static void main(String[] args) throws Exception {
    JdbcConnectionPool database =
        JdbcConnectionPool.create("jdbc:h2:mem:statements;DB_CLOSE_DELAY=-1", "sa", "");
    StatementLog log = new StatementLog();
    try (LoopbackServer server = new LoopbackServer();
        CallProcesses processes = new CallProcesses(log.watch(database), server.uri())) {
      for (String variant : ProcessComparison.VARIANTS) {
        processes.run(variant); // the first one parses the model
        log.clear();
        processes.run(variant);
        List<Executed> executed = log.statements();
        System.out.printf("%n%s: %d statements%n", variant, executed.size());
        executed.forEach(statement -> System.out.println("  " + statement.shortened()));
      }
    } finally {
      database.dispose();
    }
    ContinuationCount.print();
  }
}
