package io.restconnector.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;

/**
 * Indexes on a table of the engine, for questions of the connector that the engine has none for:
 * without them the database reads the whole table, and the connector does the same, but slower.
 * They are made when the engine makes or updates its tables, and go with the table.
 */
public final class EngineIndexes extends SchemaScripts {

  private final String table;
  private final String last;

  /**
   * Names a table.
   *
   * @param last the index that its script makes last
   * @param scripts what the names of its scripts begin with
   */
  public EngineIndexes(String table, String last, String scripts) {
    super(scripts);
    this.table = table;
    this.last = last;
  }

  /** The engine makes no tables with a prefix: an administrator does, and may not yet have. */
  @Override
  protected @Nullable String missing() {
    return isTablePresent(table) && !isPresent() ? "create" : null;
  }

  /** The table's own drop drops them. */
  @Override
  public void schemaDrop() {}

  @Override
  public String getContext() {
    return last;
  }

  private boolean isPresent() {
    String prefix = getDatabaseConfiguration().getDatabaseTablePrefix();
    int dot = prefix.lastIndexOf('.');
    String prefixed = prefix.substring(dot + 1) + table;
    try {
      Connection connection = getDatabaseConfiguration().getConnection();
      String schema = dot < 0 ? connection.getSchema() : prefix.substring(0, dot);
      DatabaseMetaData metaData = connection.getMetaData();
      for (String name : List.of(prefixed, prefixed.toLowerCase(Locale.ROOT))) {
        try (ResultSet index =
            metaData.getIndexInfo(connection.getCatalog(), schema, name, false, true)) {
          while (index.next()) {
            String found = index.getString("INDEX_NAME");
            if (found != null && found.toUpperCase(Locale.ROOT).endsWith(last)) {
              return true;
            }
          }
        }
      }
      return false;
    } catch (SQLException failed) {
      throw new PersistenceException("The indexes of " + table + " cannot be read", failed);
    }
  }
}
