package io.restconnector.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies one process instance within PostgreSQL, in one transaction: the engine would need
 * minutes for what this does in seconds.
 */
final class InstanceCopies {

  private final Connection connection;
  private final String instanceId;

  private InstanceCopies(Connection connection, String instanceId) {
    this.connection = connection;
    this.instanceId = instanceId;
  }

  /**
   * Every row of the instance once more for each copy. A value that is an id of one of the rows, or
   * the correlation key of an event subscription, is another one in each copy.
   */
  static void create(DataSource database, String instanceId, int copies) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      new InstanceCopies(connection, instanceId).create(copies);
      connection.commit();
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("vacuum analyze");
      }
    }
  }

  private void create(int copies) throws SQLException {
    Map<String, String> tables = tables();
    Set<String> distinct = new HashSet<>();
    for (Map.Entry<String, String> table : tables.entrySet()) {
      for (Map<String, @Nullable String> row : rows(table.getKey(), table.getValue())) {
        distinct.add(String.valueOf(row.get("id_")));
        if (table.getKey().equals("act_ru_event_subscr")) {
          distinct.add(String.valueOf(row.get("configuration_")));
        }
        if (row.get("correlation_id_") != null) {
          distinct.add(String.valueOf(row.get("correlation_id_")));
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local session_replication_role = replica"); // no foreign keys
      for (Map.Entry<String, String> table : tables.entrySet()) {
        for (Map<String, @Nullable String> row : rows(table.getKey(), table.getValue())) {
          statement.execute(insert(table.getKey(), row, distinct, copies));
        }
      }
    }
  }

  /** Those that name a process instance, with the column that does. */
  private Map<String, String> tables() throws SQLException {
    Map<String, String> tables = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select table_name, column_name from information_schema.columns"
                    + " where table_schema = 'public' and table_name ~ '^act_(ru|hi)_'"
                    + " and column_name in ('proc_inst_id_', 'process_instance_id_')")) {
      while (found.next()) {
        tables.put(found.getString(1), found.getString(2));
      }
    }
    return tables;
  }

  private List<Map<String, @Nullable String>> rows(String table, String column)
      throws SQLException {
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select * from %s where %s = '%s'".formatted(table, column, instanceId))) {
      ResultSetMetaData columns = found.getMetaData();
      while (found.next()) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnName(i), found.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String insert(
      String table, Map<String, @Nullable String> row, Set<String> distinct, int copies) {
    String values =
        row.entrySet().stream()
            .map(
                column ->
                    distinct.contains(String.valueOf(column.getValue()))
                        ? column.getKey() + " || '-' || n"
                        : column.getKey())
            .collect(Collectors.joining(", "));
    return "insert into %s (%s) select %s from %s, generate_series(1, %d) n where id_ = '%s'"
        .formatted(table, String.join(", ", row.keySet()), values, table, copies, row.get("id_"));
  }
}
