package io.restconnector.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** Prints the SQL statements that one process instance needs, for each way to make the call. */
final class StatementCount {

  private final List<String> executed = new ArrayList<>();

  private StatementCount() {}

  public static void main(String[] args) throws Exception {
    JdbcConnectionPool database =
        JdbcConnectionPool.create("jdbc:h2:mem:statements;DB_CLOSE_DELAY=-1", "sa", "");
    StatementCount count = new StatementCount();
    try (LoopbackServer server = new LoopbackServer();
        CallProcesses processes =
            new CallProcesses(count.watch(DataSource.class, database, ""), server.uri())) {
      for (String variant : ProcessComparison.VARIANTS) {
        processes.run(variant); // the first one parses the model
        count.executed.clear();
        processes.run(variant);
        System.out.printf("%n%s: %d statements%n", variant, count.executed.size());
        count.executed.forEach(sql -> System.out.println("  " + shortened(sql)));
      }
    } finally {
      database.dispose();
    }
  }

  /** Verb and table. */
  private static String shortened(String sql) {
    return sql.replaceAll("\\s+", " ")
        .replaceFirst("^(select \\S+ from \\S+|insert into \\S+).*", "$1");
  }

  /** Hands out watched connections and statements; a statement notes when it is executed. */
  private <T> T watch(Class<T> type, T target, String sql) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          if (method.getName().startsWith("execute")) {
            executed.add(sql);
          }
          Object result;
          try {
            result = method.invoke(target, args);
          } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
          }
          if (result instanceof PreparedStatement statement) {
            return watch(PreparedStatement.class, statement, String.valueOf(args[0]));
          }
          return result instanceof Connection connection
              ? watch(Connection.class, connection, sql)
              : result;
        };
    return type.cast(
        Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
  }
}
