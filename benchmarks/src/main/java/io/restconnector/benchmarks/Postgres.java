package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A PostgreSQL server for one run. A commit waits for the disk, as it would in production. */
final class Postgres implements AutoCloseable {

  private final EmbeddedPostgres server;

  Postgres() throws IOException {
    this(Map.of());
  }

  /** One with further settings. */
  Postgres(Map<String, String> settings) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on");
    settings.forEach(builder::setServerConfig);
    server = builder.start();
  }

  void create(String database) throws SQLException {
    execute(server.getPostgresDatabase(), "create database " + database);
  }

  String url(String database) {
    return server.getJdbcUrl("postgres", database);
  }

  HikariDataSource pool(String database, int connections) {
    return poolOf(url(database), connections);
  }

  static HikariDataSource poolOf(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Deletes every process instance, running and ended, and every job. */
  static void deleteInstances(DataSource database) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name from information_schema.tables where table_schema = 'public'"
                    + " and table_name ~ '^act_(ru|hi)_'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    execute(database, "truncate table " + String.join(", ", tables) + " cascade");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
