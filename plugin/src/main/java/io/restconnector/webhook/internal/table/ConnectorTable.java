package io.restconnector.webhook.internal.table;

import io.restconnector.internal.SchemaScripts;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;

/**
 * A table of the connector, created and dropped when the engine does so with its own tables. Only a
 * trigger with the table's use needs it; see {@link #problem()}.
 */
public final class ConnectorTable extends SchemaScripts {

  private final String name;
  private final String use;
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
    super(scripts);
    this.name = name;
    this.use = use;
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
                script(isPresent ? "upgrade" : "create"));
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

  @Override
  protected @Nullable String missing() {
    if (!isTablePresent(name)) {
      return "create";
    }
    return isCurrent() ? null : "upgrade";
  }

  @Override
  public void schemaDrop() {
    run("drop");
  }

  @Override
  public String getContext() {
    return name;
  }
}
