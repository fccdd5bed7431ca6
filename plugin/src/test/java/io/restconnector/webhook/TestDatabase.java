package io.restconnector.webhook;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** Where a test's engine keeps its data; each use is a database of its own. */
enum TestDatabase {
  H2 {
    @Override
    String url() {
      return "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID());
    }
  },
  POSTGRES {
    @Override
    String url() {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
      return Server.POSTGRES.getJdbcUrl("postgres", name);
    }
  };

  abstract String url();

  <C extends ProcessEngineConfigurationImpl> C configure(C engine, String url) {
    engine.setJdbcUrl(url);
    engine.setJdbcDriver(this == H2 ? "org.h2.Driver" : "org.postgresql.Driver");
    engine.setJdbcUsername(this == H2 ? "sa" : "postgres");
    engine.setJdbcPassword("");
    engine.setJdbcMaxActiveConnections(40);
    engine.setDatabaseSchemaUpdate("true");
    return engine;
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
