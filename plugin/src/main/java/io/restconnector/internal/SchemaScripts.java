package io.restconnector.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.common.engine.impl.db.AbstractSqlScriptBasedDbSchemaManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts of something that the connector has in the engine's database. The engine runs them
 * for its own schema managers only, hence an internal type.
 *
 * <p>Several nodes may start at the same time and all find that something is missing. On PostgreSQL
 * a failed statement would end the engine's transaction, so one node waits for the commit of the
 * other. Elsewhere a statement is committed at once: what another node has made is not missed.
 */
public abstract class SchemaScripts extends AbstractSqlScriptBasedDbSchemaManager {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaScripts.class);

  private static final String DIRECTORY = "io/restconnector/db/";

  /** Any number that no other software takes: the bytes of "rest-con". */
  private static final String WAIT_FOR_OTHER_NODES =
      "select pg_advisory_xact_lock(" + 0x726573742D636F6EL + ")";

  private final String scripts;

  /**
   * Names them.
   *
   * @param scripts what their names begin with
   */
  protected SchemaScripts(String scripts) {
    this.scripts = scripts;
  }

  /** The script that makes what is missing, null where nothing is. */
  protected abstract @Nullable String missing();

  @Override
  public void schemaCreate() {
    if (missing() == null) {
      return;
    }
    if (getDatabaseConfiguration().getDatabaseType().equals("postgres")) {
      SQLException failed = execute(WAIT_FOR_OTHER_NODES);
      if (failed != null) {
        throw new PersistenceException("The schema cannot be locked", failed);
      }
    }
    String script = missing();
    if (script != null) {
      try {
        run(script);
      } catch (PersistenceException failed) {
        if (!isMade()) {
          throw failed;
        }
      }
    }
  }

  @Override
  public @Nullable String schemaUpdate() {
    schemaCreate();
    return null;
  }

  /** Nothing is needed before something uses it, or nothing is needed at all. */
  @Override
  public void schemaCheckVersion() {}

  @Override
  protected String getResourcesRootDirectory() {
    return DIRECTORY;
  }

  /** Where the statements for this kind of database are. */
  protected String script(String operation) {
    return DIRECTORY
        + scripts
        + getDatabaseConfiguration().getDatabaseType()
        + "."
        + operation
        + ".sql";
  }

  /** Runs the script for this kind of database, if there is one. */
  protected void run(String operation) {
    String resource = script(operation);
    SQLException first = null;
    for (String statement : statements(resource)) {
      SQLException failed = execute(statement);
      first = first == null ? failed : first;
    }
    if (first != null) {
      throw new PersistenceException("The script " + resource + " has failed", first);
    }
  }

  private String[] statements(String resource) {
    String prefix = getDatabaseConfiguration().getDatabaseTablePrefix();
    try (InputStream script = SchemaScripts.class.getClassLoader().getResourceAsStream(resource)) {
      if (script == null) {
        return new String[0];
      }
      LOG.info("Running {}", resource);
      // A prefix may be a schema, which an index takes from its table.
      return new String(script.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${prefix}", prefix)
          .replace("${index}", prefix.substring(prefix.lastIndexOf('.') + 1))
          .strip()
          .split(";\\s*");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private @Nullable SQLException execute(String sql) {
    Connection connection = getDatabaseConfiguration().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return null;
    } catch (SQLException failed) {
      return failed;
    }
  }

  /** Whether another node was faster. */
  private boolean isMade() {
    try {
      return missing() == null;
    } catch (RuntimeException transactionHasFailed) {
      return false;
    }
  }
}
