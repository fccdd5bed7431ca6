package io.restconnector.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.flowable.common.engine.impl.db.AbstractSqlScriptBasedDbSchemaManager;

/**
 * The scripts of something that the connector has in the engine's database. The engine runs them
 * for its own schema managers only, hence an internal type.
 */
public abstract class SchemaScripts extends AbstractSqlScriptBasedDbSchemaManager {

  private static final String DIRECTORY = "io/restconnector/db/";

  private final String scripts;

  /**
   * Names them.
   *
   * @param scripts what their names begin with
   */
  protected SchemaScripts(String scripts) {
    this.scripts = scripts;
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
    String prefix = getDatabaseConfiguration().getDatabaseTablePrefix();
    try (InputStream script = SchemaScripts.class.getClassLoader().getResourceAsStream(resource)) {
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
