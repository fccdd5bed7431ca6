package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.flowable.engine.impl.persistence.entity.ResourceEntityImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFilesTest {

  private static final String EXTENSIONS = "p-extensions.json";

  private final Faults faults = new Faults();

  private @Nullable ProjectFiles read(String... namesAndTexts) {
    return ProjectFiles.read(ProjectResources.of(namesAndTexts), faults);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "connectors/a.json       | {\"name\":1}              | true",
        "x\\connectors\\a.JSON   | {\"name\":1}              | true",
        "connectors/a.json       | {\"title\":1}             | false",
        "connectors/x/a.json     | {\"name\":1}              | false",
        "connectors              | {\"name\":1}              | false",
        "authentications/a.json  | {\"name\":1}              | true",
        "authentications/a.json  | []                        | false",
        "triggers/a.json         | {\"event\":1,\"action\":1} | true",
        "triggers/a.json         | {\"event\":1}             | false",
        "triggers/a.json         | {\"action\":1}            | false",
        "connectors/a.json       | {                         | true",
        "a.json                  | {                         | false",
        "p-extensions.json       | 5                         | true",
        "p-extensions.json       | {                         | true",
        "p.json                  | {\"extensions\":{\"properties\":{}}} | true",
        "p.json                  | {\"extensions\":{}}       | false",
        "p.bpmn                  | {\"name\":1}              | false",
      })
  void whenAFileHasTheFormOfAProjectThenTheDeploymentIsOne(
      String name, String text, boolean isProject) {
    assertThat(read(name, text) != null).isEqualTo(isProject);
    assertThat(faults.errors().isEmpty()).isEqualTo(!isProject || !text.equals("{"));
  }

  @Test
  void whenAProjectIsReadThenEachFileIsInItsFolder() {
    ProjectFiles files =
        Objects.requireNonNull(
            read(
                "connectors/b.json", "{\"name\":\"b\"}",
                "a/connectors/a.json", "{\"name\":\"a\"}",
                "triggers/t.json", "{\"event\":1,\"action\":1}",
                "a/other.json", "\ufeff5",
                "p.bpmn", "<a/>",
                "q.bpmn20.xml", "<b/>",
                "r.xml", "<c/>"));

    assertThat(files.in(ProjectFiles.CONNECTORS))
        .containsOnlyKeys("a/connectors/a.json", "connectors/b.json");
    assertThat(files.in(ProjectFiles.TRIGGERS)).containsOnlyKeys("triggers/t.json");
    assertThat(files.in(ProjectFiles.AUTHENTICATIONS)).isEmpty();
    assertThat(files.others()).containsOnlyKeys("a/other.json");
    assertThat(files.models()).containsOnlyKeys("p.bpmn", "q.bpmn20.xml");
    assertThat(faults.errors()).isEmpty();
  }

  @Test
  void whenAFileIsNoJsonThenItsPlaceIsSaid() {
    assertThat(Objects.requireNonNull(read(EXTENSIONS, "{}", "a.json", "{\"a\":x}")).json())
        .containsOnlyKeys(EXTENSIONS);
    assertThat(faults.errors())
        .singleElement()
        .asString()
        .startsWith("a.json: the file is no JSON, line 1, column 6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a.txt", "a/../b", "a\\..\\b", "..", "/a", "\\a", "C:a", "a\nb", "a/.."})
  void whenANameLeavesTheProjectThenItIsRefused(String name) {
    assertThat(read(EXTENSIONS, "{}", name, "x")).isNotNull();

    assertThat(faults.errors())
        .containsExactly(
            name.replace('\n', '?') + ": the name leaves the project, wanted one inside it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "..a/b", "a/b../c", "ab:c"})
  void whenANameOnlyLooksLikeItThenItIsFine(String name) {
    assertThat(read(EXTENSIONS, "{}", name, "x")).isNotNull();

    assertThat(faults.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "p.bpmn"})
  void whenAFileIsTooLongThenItIsNotRead(String name) {
    var resources = ProjectResources.of(EXTENSIONS, "{}", name, "");
    ResourceEntityImpl large = Objects.requireNonNull(resources.get(name));
    byte[] longest = new byte[ProjectFiles.MAX_LENGTH];
    Arrays.fill(longest, (byte) ' ');
    longest[0] = '5';
    large.setBytes(longest);
    ProjectFiles files = Objects.requireNonNull(ProjectFiles.read(resources, faults));
    assertThat(files.json().size() + files.models().size()).isEqualTo(2);

    large.setBytes(Arrays.copyOf(longest, longest.length + 1));
    files = Objects.requireNonNull(ProjectFiles.read(resources, faults));
    assertThat(files.json().size() + files.models().size()).isEqualTo(1);
    assertThat(faults.errors())
        .singleElement()
        .asString()
        .startsWith(name + ": the file has more than 10 MB");
  }

  @ParameterizedTest
  @CsvSource({
    "__MACOSX/connectors/a.json, true",
    "a/__MACOSX/b, true",
    "connectors/._a.json, true",
    "._a.json, true",
    ".DS_Store, true",
    "a/.DS_Store, true",
    "__MACOSX, false",
    "a._b, false",
    "connectors/a.json, false",
    "a/.DS_Store/b, false"
  })
  void whenAFileIsOfMacOsThenItIsNotOfTheProject(String name, boolean isOfSystem) {
    assertThat(ProjectFiles.isOfSystem(name)).isEqualTo(isOfSystem);
  }
}
