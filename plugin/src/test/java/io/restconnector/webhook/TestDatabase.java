package io.restconnector.webhook;

import io.restconnector.fixtures.MariaDb;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** Where a test's engine keeps its data; each use is a database of its own. */
public enum TestDatabase {
  H2("org.h2.Driver", "sa") {
    @Override
    public String url() {
      return "jdbc:h2:mem:%s;DB_CLOSE_DELAY=60".formatted(UUID.randomUUID());
    }
  },
  POSTGRES("org.postgresql.Driver", "postgres") {
    @Override
    public String url() {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
      return Server.POSTGRES.getJdbcUrl("postgres", name);
    }
  },
  /** For tests with the tag {@code cluster} only: the machine must have its package. */
  MARIADB(MariaDb.DRIVER, MariaDb.USER) {
    @Override
    public String url() {
      return MariaDb.newDatabase();
    }
  };

  private final String driver;
  private final String user;

  TestDatabase(String driver, String user) {
    this.driver = driver;
    this.user = user;
  }

  public abstract String url();

  public <C extends ProcessEngineConfigurationImpl> C configure(C engine, String url) {
    engine.setJdbcUrl(url);
    engine.setJdbcDriver(driver);
    engine.setJdbcUsername(user);
    engine.setJdbcPassword("");
    engine.setJdbcMaxActiveConnections(40);
    engine.setDatabaseSchemaUpdate("true");
    return engine;
  }

  public Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, user, "");
  }

  /** Started at the first use; ends with the JVM. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "300")
            .setServerConfig("fsync", "off")
            .setPGStartupWait(Duration.ofMinutes(1))
            .start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
