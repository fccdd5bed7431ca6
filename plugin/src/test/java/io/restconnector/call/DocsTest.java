package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README and docs show is what the project holds. */
class DocsTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void whenErrorsAreDocumentedThenTheyAreTheCodes() {
    assertThat(matches("docs/errors.md", "(?m)^\\| `([A-Z_]+)` \\|"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  @Test
  void whenThereIsACodeThenTroubleshootingSaysWhatToDo() {
    assertThat(matches("docs/troubleshooting.md", "(?m)^\\| `([A-Z_]+)` \\| [^|]+ \\| [^|]+ \\|$"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/inputs.md", "docs/outputs.md", "docs/operations.md"})
  void whenAPageShowsAModelThenASampleHoldsIt(String page) throws IOException {
    String processes;
    try (var samples = Files.list(ROOT.resolve("processes"));
        var recipes = Files.list(Path.of("src/test/resources/recipe-processes"))) {
      processes =
          Stream.concat(samples, recipes)
              .map(DocsTest::read)
              .map(DocsTest::unindented)
              .collect(Collectors.joining());
    }
    List<String> shown =
        matches(page, "(?s)```(?:xml|json)\n(.*?)```").stream()
            .filter(xml -> !xml.contains("<dependency>"))
            .map(DocsTest::unindented)
            .toList();

    assertThat(shown).isNotEmpty().allSatisfy(xml -> assertThat(processes).contains(xml));
  }

  @Test
  void whenAPageShowsAProgramThenATestRunsIt() {
    assertThat(matches("docs/plain-engine.md", "(?s)```java\n(.*?)```"))
        .containsExactly(
            read(Path.of("src/test/java/io/restconnector/example/PlainApplication.java")));
  }

  @Test
  void whenAPageShowsATestThenItIsOneThatRuns() {
    assertThat(matches("docs/testing.md", "(?s)```java\n(.*?)```"))
        .containsExactly(
            read(
                ROOT.resolve("demo-app/src/test/java/io/restconnector/demo/OrderProcessTest.java")),
            read(
                ROOT.resolve(
                    "testing/src/test/java/io/restconnector/example/ReservationProcessTest.java")));
  }

  /** With its package, below {@code io.restconnector}, or without. */
  @Test
  void whenThePageForContributorsNamesAClassThenThereIsOne() throws IOException {
    List<String> classes;
    try (var files = Files.walk(Path.of("src"))) {
      classes =
          files
              .map(file -> file.toString().replace(File.separatorChar, '.'))
              .filter(file -> file.endsWith(".java"))
              .map(file -> file.substring(0, file.length() - ".java".length()))
              .toList();
    }
    List<String> named = matches("CONTRIBUTING.md", "`((?:[a-z]+\\.)*[A-Z][a-z]\\w+)");

    assertThat(named)
        .hasSizeGreaterThan(40)
        .allSatisfy(name -> assertThat(classes).anyMatch(each -> each.endsWith("." + name)));
  }

  @Test
  void whenThePageOfExtensionsShowsCodeThenATestHoldsIt() throws IOException {
    String tests;
    try (var files = Files.list(Path.of("src/test/java/io/restconnector/extension"))) {
      tests = files.map(DocsTest::read).map(DocsTest::unindented).collect(Collectors.joining());
    }
    assertThat(matches("docs/extension.md", "(?s)```java\n(.*?)```"))
        .hasSize(5)
        .allSatisfy(code -> assertThat(tests).contains(unindented(code)));
  }

  @Test
  void whenTheReadmeRefersToAnErrorOrAnEventThenItShowsIt() {
    String readme = read(ROOT.resolve("README.md"));

    assertThat(matches("README.md", "errorRef=\"(.*?)\""))
        .isNotEmpty()
        .allSatisfy(error -> assertThat(readme).contains("<error id=\"" + error + "\""));
    assertThat(matches("README.md", "\"fixedValue\": \"(.*?)\""))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(readme).contains("\"key\": \"" + event + "\""))
        .allSatisfy(event -> assertThat(readme).contains("eventType>" + event + "<"));
  }

  @Test
  void whenTheReadmeNamesCommandsThenCiRunsThem() {
    String ci = read(ROOT.resolve(".ci/run")) + read(ROOT.resolve(".ci/demo"));

    assertThat(matches("README.md", "(?s)```sh\n(mvn.*?)\n```"))
        .hasSize(2)
        .allSatisfy(command -> assertThat(ci).contains(command));
  }

  private static List<String> matches(String page, String pattern) {
    return Pattern.compile(pattern)
        .matcher(read(ROOT.resolve(page)))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^[ \t]+", "");
  }
}
