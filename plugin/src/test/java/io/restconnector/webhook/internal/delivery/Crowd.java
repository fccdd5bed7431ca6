package io.restconnector.webhook.internal.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.interceptor.EngineConfigurationConstants;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.eventregistry.api.EventRegistryConfigurationApi;
import org.jspecify.annotations.Nullable;

/** Thousands of waiting instances in no time: rows copied from one instance that really waits. */
final class Crowd {

  private static final List<String> TABLES =
      List.of("ACT_RU_EXECUTION", "ACT_RU_VARIABLE", "ACT_RU_EVENT_SUBSCR");

  private Crowd() {}

  /**
   * Starts instances that wait for an event with the correlation parameter {@code id}, their
   * variable {@code id} being 0, 1, 2 and so on.
   */
  static void start(ProcessEngine engine, String process, int size) throws SQLException {
    ProcessInstance first =
        engine.getRuntimeService().startProcessInstanceByKey(process, Map.of("id", "0"));
    String firstKey =
        engine
            .getRuntimeService()
            .createEventSubscriptionQuery()
            .processInstanceId(first.getId())
            .singleResult()
            .getConfiguration();
    DataSource database = engine.getProcessEngineConfiguration().getDataSource();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      Set<Object> ids = new HashSet<>();
      for (String table : TABLES) {
        for (List<@Nullable Object> row : read(connection, table, first.getId())) {
          ids.add(String.valueOf(row.get(0)));
          row.add(0, table);
          rows.add(row);
        }
      }
      for (List<@Nullable Object> row : rows) {
        String values = String.join(",", Collections.nCopies(row.size() - 1, "?"));
        try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into %s values (%s)".formatted(row.get(0), values))) {
          for (int number = 1; number < size; number++) {
            String key = correlationKey(engine, number);
            for (int column = 1; column < row.size(); column++) {
              Object value = row.get(column);
              if ("0".equals(value)) {
                value = String.valueOf(number);
              } else if (firstKey.equals(value)) {
                value = key;
              } else if (value != null && ids.contains(value)) {
                value = value + "-" + number;
              }
              insert.setObject(column, value);
            }
            insert.addBatch();
          }
          insert.executeBatch();
        }
      }
      connection.commit();
    }
  }

  private static String correlationKey(ProcessEngine engine, int number) {
    Object registry =
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
            .getEngineConfigurations()
            .get(EngineConfigurationConstants.KEY_EVENT_REGISTRY_CONFIG);
    return ((EventRegistryConfigurationApi) Objects.requireNonNull(registry))
        .getEventRegistry()
        .generateKey(Map.of("id", String.valueOf(number)));
  }

  private static List<List<@Nullable Object>> read(
      Connection connection, String table, String instance) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select * from %s where PROC_INST_ID_ = ?".formatted(table))) {
      select.setString(1, instance);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.add(result.getObject(column));
          }
          rows.add(row);
        }
      }
      // Parents first.
      rows.sort(
          (a, b) ->
              String.valueOf(a.get(0)).equals(instance)
                  ? -1
                  : String.valueOf(b.get(0)).equals(instance) ? 1 : 0);
      return rows;
    }
  }
}
