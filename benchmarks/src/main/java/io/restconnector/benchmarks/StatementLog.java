package io.restconnector.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What is executed on the connections of a data source. */
class StatementLog {

  /** One statement, or a commit, and how long it took. */
  record Executed(String sql, long nanos) {

    boolean isStatement() {
      return !sql.equals(COMMIT);
    }

    /** Verb and table. */
    String shortened() {
      return sql.replaceAll("\\s+", " ")
          .strip()
          .replaceFirst("(?i)^(select \\S+) .*?(from \\S+).*", "$1 $2")
          .replaceFirst("(?i)^((insert into|update|delete from) \\S+).*", "$1");
    }
  }

  private static final String COMMIT = "commit";

  private final Queue<Executed> executed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  final DataSource watch(DataSource database) {
    return watch(DataSource.class, database, "");
  }

  /** A connection was taken. */
  void taken(Connection connection) throws SQLException {}

  /**
   * Something was executed.
   *
   * @param by the statement or the connection
   */
  void note(Executed statement, Object by) throws SQLException {
    executed.add(statement);
  }

  List<Executed> executed() {
    return List.copyOf(executed);
  }

  List<Executed> statements() {
    return executed.stream().filter(Executed::isStatement).toList();
  }

  int commits() {
    return executed.size() - statements().size();
  }

  /** How often a connection was taken; the engine takes one for each transaction. */
  int connections() {
    return connections.get();
  }

  void clear() {
    executed.clear();
    connections.set(0);
  }

  /** Hands out watched connections and statements; a statement notes when it is executed. */
  private <T> T watch(Class<T> type, T target, String sql) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          long start = System.nanoTime();
          Object result;
          try {
            result = method.invoke(target, args);
          } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
          }
          String name = method.getName();
          if (name.startsWith("execute") || name.equals(COMMIT)) {
            note(
                new Executed(name.equals(COMMIT) ? COMMIT : sql, System.nanoTime() - start),
                target);
          }
          if (result instanceof PreparedStatement statement) {
            return watch(PreparedStatement.class, statement, String.valueOf(args[0]));
          }
          if (type == DataSource.class && result instanceof Connection connection) {
            connections.incrementAndGet();
            taken(connection);
            return watch(Connection.class, connection, sql);
          }
          return result;
        };
    return type.cast(
        Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
  }
}
