package io.restconnector.worker.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can be told to give no connections, or to refuse writes or commits. */
final class RefusingDatabase extends DelegatingDataSource {

  /** What it refuses. */
  enum Refused {
    CONNECTIONS,
    WRITES,
    COMMITS
  }

  private volatile @Nullable Refused refused;
  private volatile Supplier<SQLException> failure = SQLException::new;
  private final AtomicInteger refusals = new AtomicInteger();

  RefusingDatabase(DataSource database) {
    super(database);
  }

  void refuse(Refused what, String state, int code) {
    failure = () -> new SQLException("refused", state, code);
    refused = what;
  }

  void refuseNothing() {
    refused = null;
  }

  /** How often it did. */
  int refusals() {
    return refusals.get();
  }

  private void check(Refused step) throws SQLException {
    if (refused == step) {
      refusals.incrementAndGet();
      throw failure.get();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    check(Refused.CONNECTIONS);
    Connection connection = super.getConnection();
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("commit")) {
            check(Refused.COMMITS);
          }
          Object result = invoke(method, connection, arguments);
          return result instanceof PreparedStatement statement
              ? statement(statement, arguments[0].toString().strip().toLowerCase(Locale.ROOT))
              : result;
        });
  }

  private PreparedStatement statement(PreparedStatement statement, String sql) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute") && !sql.startsWith("select")) {
            check(Refused.WRITES);
          }
          return invoke(method, statement, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RefusingDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Method method, Object target, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }
}
