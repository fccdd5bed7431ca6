package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorReaderTest {

  private final Faults faults = new Faults();

  private Map<String, Connector> read(String... namesAndTexts) {
    return new ConnectorReader(faults).read(files(namesAndTexts));
  }

  private Connector one(String properties) {
    return Objects.requireNonNull(read("f", "{'name':' c '," + properties + "}").get("c"));
  }

  @Test
  void whenAConnectorHasActionsOfOursThenTheirOutputsAreAsItWritesThem() {
    Connector connector =
        one(
            "'actions':{'1':{'name':'GET','inputs':[{'name':'restUrl'}],'outputs':[{'name':'a'},{}]},"
                + "'2':{'name':'get'},'3':{'name':'PUT'}}");

    assertThat(connector)
        .isEqualTo(
            new Connector(
                "f",
                "c",
                true,
                Map.of(RestAction.GET, List.of("a", ""), RestAction.PUT, List.of()),
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'template':'restConnector'                                        | true",
        "'template':'other'                                                | false",
        "'actions':{'1':{'name':'GET','inputs':[{'name':'x'}]}}            | false",
        "'actions':{'1':{'name':'send','inputs':[{'name':'restUrl'}]}}     | false",
        "'actions':{'1':{'name':'GET','inputs':[{'name':'restUrl'}]},'2':{'name':'PUT'}} | true",
      })
  void whenAnActionOfOursReadsAUrlThenTheConnectorIsOneOfOurs(String properties, boolean isRest) {
    assertThat(one(properties).isRest()).isEqualTo(isRest);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"' 204 ', 204", "599, 599", "200, 200", "'', -", "199, -", "600, -", "2000, -"})
  void whenAStatusIsGivenThenItIsOneThatATriggerMayAnswer(String status, @Nullable Integer read) {
    String config =
        "'template':'%s','config':[{'name':'x','value':'1'},{'name':'EVENT_NOT_MATCH_STATUS','value':'%s'}]";

    assertThat(one(config.formatted("restConnector", status)).notMatchStatus()).isEqualTo(read);
    assertThat(faults.errors())
        .hasSize(read == null && !status.isEmpty() ? 1 : 0)
        .allMatch("f: EVENT_NOT_MATCH_STATUS is no status, wanted one from 200 to 599"::equals);
    assertThat(one(config.formatted("other", "204")).notMatchStatus()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "{}", "{'name':' '}"})
  void whenAFileHasNoNameThenItIsNoConnector(String text) {
    assertThat(read("f", text)).isEmpty();
    assertThat(faults.errors())
        .containsExactly("f: the file is no connector, wanted an object with a name");
  }

  @Test
  void whenTwoFilesHaveANameThenTheFirstCounts() {
    assertThat(
            Objects.requireNonNull(read("a", "{'name':'c'}", "b", "{'name':'c'}").get("c")).file())
        .isEqualTo("a");
    assertThat(faults.errors())
        .containsExactly("b: the connector 'c' is also in a, wanted one connector of a name");
  }

  @Test
  void whenAnActionIsNotOursThenThereIsNone() {
    assertThat(ConnectorReader.action("GET")).isEqualTo(RestAction.GET);
    assertThat(ConnectorReader.action("get")).isNull();
    assertThat(ConnectorReader.action("")).isNull();
  }
}
