package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that is made from the catalogue. {@code -Drest-connector.generate=true} writes
 * it in place of comparing it.
 */
final class Generated {

  private static final String HOW =
      "%s is not what the catalogue makes: run mvn -pl plugin test -Dtest=CatalogueTest,ModellingFilesTest"
          + " -Drest-connector.generate=true";

  private Generated() {}

  static void check(Path file, String content) {
    try {
      if (Boolean.getBoolean("rest-connector.generate")) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, content);
      }
      assertThat(Files.exists(file) ? Files.readString(file) : "").as(HOW, file).isEqualTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table of a page whose first row is this, up to the next empty line. */
  static void checkTable(Path page, String header, String rows) {
    try {
      String text = Files.readString(page);
      int start = text.indexOf(header + "\n");
      assertThat(start).as("%s has a table with the head %s", page, header).isNotNegative();
      int body = text.indexOf('\n', start + header.length() + 1) + 1;
      int end = text.indexOf("\n\n", body) + 1;
      check(page, text.substring(0, body) + rows + text.substring(end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
