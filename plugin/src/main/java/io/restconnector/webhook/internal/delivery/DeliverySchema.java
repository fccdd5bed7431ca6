package io.restconnector.webhook.internal.delivery;

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
 * The table of answered deliveries, created and dropped when the engine does so with its own
 * tables. The engine runs and finds tables for its own schema managers only, hence an internal
 * type.
 */
public final class DeliverySchema extends AbstractSqlScriptBasedDbSchemaManager {

  public static final String TABLE = "ACT_RC_DELIVERY";

  private static final String DIRECTORY = "io/restconnector/db/";

  private static final String NEWEST_COLUMN = "HEADERS_";

  /** Null when the table is there as it must be, else what to do about it. */
  @Nullable String problem() {
    boolean isPresent = isTablePresent(TABLE);
    return isPresent && isCurrent()
        ? null
        : "deduplication needs the table %s%s, which the database does not have%s; its script is %s"
            .formatted(
                getDatabaseConfiguration().getDatabaseTablePrefix(),
                TABLE,
                isPresent ? " with the column " + NEWEST_COLUMN : "",
                script(
                    getDatabaseConfiguration().getDatabaseType(),
                    isPresent ? "upgrade" : "create"));
  }

  private boolean isCurrent() {
    String prefix = getDatabaseConfiguration().getDatabaseTablePrefix();
    try (Statement statement = getDatabaseConfiguration().getConnection().createStatement();
        ResultSet none =
            statement.executeQuery("select * from " + prefix + TABLE + " where 1 = 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        if (columns.getColumnName(i).equalsIgnoreCase(NEWEST_COLUMN)) {
          return true;
        }
      }
      return false;
    } catch (SQLException failed) {
      throw new PersistenceException("The table " + TABLE + " cannot be read", failed);
    }
  }

  /** Where the statements for a kind of database are. */
  static String script(String databaseType, String operation) {
    return DIRECTORY + databaseType + "." + operation + ".sql";
  }

  @Override
  public void schemaCreate() {
    if (!isTablePresent(TABLE)) {
      run("create");
    }
  }

  @Override
  public void schemaDrop() {
    run("drop");
  }

  @Override
  public @Nullable String schemaUpdate() {
    if (!isTablePresent(TABLE)) {
      run("create");
    } else if (!isCurrent()) {
      run("upgrade");
    }
    return null;
  }

  /** Only a trigger with deduplication needs the table; see {@link DeduplicationStore}. */
  @Override
  public void schemaCheckVersion() {}

  @Override
  public String getContext() {
    return "restConnectorDeliveries";
  }

  @Override
  protected String getResourcesRootDirectory() {
    return DIRECTORY;
  }

  private void run(String operation) {
    String resource = script(getDatabaseConfiguration().getDatabaseType(), operation);
    String prefix = getDatabaseConfiguration().getDatabaseTablePrefix();
    try (InputStream script = DeliverySchema.class.getClassLoader().getResourceAsStream(resource)) {
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
