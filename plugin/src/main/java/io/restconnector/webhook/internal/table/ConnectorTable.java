package io.restconnector.webhook.internal.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.impl.db.AbstractSqlScriptBasedDbSchemaManager;
import org.jspecify.annotations.Nullable;

/**
 * A table of the connector, created and dropped when the engine does so with its own tables. The
 * engine runs and finds tables for its own schema managers only, hence an internal type.
 */
public final class ConnectorTable extends AbstractSqlScriptBasedDbSchemaManager {

  private static final String DIRECTORY = "io/restconnector/db/";

  private final String name;
  private final String use;
  private final String scripts;
  private final @Nullable String newestColumn;

  /**
   * Names a table.
   *
   * @param use what needs the table
   * @param scripts what the names of its scripts begin with
   * @param newestColumn which a table of an earlier version does not have, null where there was
   *     none
   */
  public ConnectorTable(String name, String use, String scripts, @Nullable String newestColumn) {
    this.name = name;
    this.use = use;
    this.scripts = scripts;
    this.newestColumn = newestColumn;
  }

  /** Null when the table is there as it must be, else what to do about it. Inside a command. */
  public @Nullable String problem() {
    boolean isPresent = isTablePresent(name);
    return isPresent && isCurrent()
        ? null
        : "%s needs the table %s%s, which the database does not have%s; its script is %s"
            .formatted(
                use,
                getDatabaseConfiguration().getDatabaseTablePrefix(),
                name,
                isPresent ? " with the column " + newestColumn : "",
                script(
                    getDatabaseConfiguration().getDatabaseType(),
                    isPresent ? "upgrade" : "create"));
  }

  private boolean isCurrent() {
    if (newestColumn == null) {
      return true;
    }
    String prefix = getDatabaseConfiguration().getDatabaseTablePrefix();
    try (Statement statement = getDatabaseConfiguration().getConnection().createStatement();
        ResultSet none =
            statement.executeQuery("select * from " + prefix + name + " where 1 = 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        if (columns.getColumnName(i).equalsIgnoreCase(newestColumn)) {
          return true;
        }
      }
      return false;
    } catch (SQLException failed) {
      throw new PersistenceException("The table " + name + " cannot be read", failed);
    }
  }

  /** Where the statements for a kind of database are. */
  private String script(String databaseType, String operation) {
    return DIRECTORY + scripts + databaseType + "." + operation + ".sql";
  }

  @Override
  public void schemaCreate() {
    if (!isTablePresent(name)) {
      run("create");
    }
  }

  @Override
  public void schemaDrop() {
    run("drop");
  }

  @Override
  public @Nullable String schemaUpdate() {
    if (!isTablePresent(name)) {
      run("create");
    } else if (!isCurrent()) {
      run("upgrade");
    }
    return null;
  }

  /** Only a trigger with the table's use needs it; see {@link #problem()}. */
  @Override
  public void schemaCheckVersion() {}

  @Override
  public String getContext() {
    return name;
  }

  @Override
  protected String getResourcesRootDirectory() {
    return DIRECTORY;
  }

  private void run(String operation) {
    String resource = script(getDatabaseConfiguration().getDatabaseType(), operation);
    String prefix = getDatabaseConfiguration().getDatabaseTablePrefix();
    try (InputStream script = ConnectorTable.class.getClassLoader().getResourceAsStream(resource)) {
      if (script != null) {
        // A prefix may be a schema, which an index takes from its table.
        String statements =
            new String(script.readAllBytes(), StandardCharsets.UTF_8)
                .replace("${prefix}", prefix)
                .replace("${index}", prefix.substring(prefix.lastIndexOf('.') + 1));
        executeSchemaResource(
            operation,
            "rest-connector",
            resource,
            new ByteArrayInputStream(statements.getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
