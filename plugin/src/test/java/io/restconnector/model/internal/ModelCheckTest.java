package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.model.Finding;
import io.restconnector.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is told about wrong models, and that nothing is told about right ones.
 *
 * <p>{@code models/wrong.md} holds the wrong ones, each with what is expected to be said.
 */
class ModelCheckTest {

  private static final Path MODELS = Path.of("src/test/resources/models");

  private static final Pattern MODEL =
      Pattern.compile("(?s)## (.*?)\n\n```xml\n(.*?)```\n\n```text\n(.*?)```\n");

  /** A node with an authentication for one host, and one for any. */
  private static final RestConnectorSettings NODE =
      RestConnectorSettings.defaults()
          .withHttp(
              HttpSettings.defaults()
                  .withAccess(
                      AccessSettings.defaults()
                          .withSecrets(Map.of("key", Secret.of("geheim")))
                          .withAuthentications(
                              Map.of(
                                  "erp",
                                  AuthenticationSettings.bearer("key")
                                      .withHosts(List.of("erp.example.com")),
                                  "any",
                                  AuthenticationSettings.bearer("key")))));

  @Test
  void whenModelsAreWrongThenTheFindingsAreThoseOfTheGoldenFile() throws IOException {
    Path golden = MODELS.resolve("wrong.md");
    String text = Files.readString(golden);
    StringBuilder actual = new StringBuilder(text.substring(0, text.indexOf("## ")));
    List<MatchResult> models = MODEL.matcher(text).results().toList();
    for (MatchResult model : models) {
      actual.append(
          "## %s\n\n```xml\n%s```\n\n```text\n".formatted(model.group(1), model.group(2)));
      findings(model.group(2)).forEach(finding -> actual.append(finding).append('\n'));
      actual.append("```\n\n");
    }

    assertThat(models).hasSizeGreaterThanOrEqualTo(60);
    Generated.check(golden, actual.toString().strip() + "\n");
    assertThat(models)
        .allSatisfy(model -> assertThat(findings(model.group(2))).as(model.group(1)).isNotEmpty());
  }

  static Stream<String> rightTasks() throws IOException {
    return Pattern.compile("(?s)```xml\n(.*?)```")
        .matcher(Files.readString(MODELS.resolve("right.md")))
        .results()
        .map(match -> match.group(1));
  }

  @ParameterizedTest
  @MethodSource("rightTasks")
  void whenATaskIsRightThenNothingIsFound(String task) {
    assertThat(findings(task)).isEmpty();
  }

  @Test
  void whenAnExpressionHasALambdaThenNothingIsFound() {
    assertThat(
            findings(
                """
                <serviceTask id="call" flowable:delegateExpression="${restPost}"><extensionElements>
                  <flowable:field name="restUrl" stringValue="https://api.example.com/orders"/>
                  <flowable:field name="requestPayload">
                    <flowable:string><![CDATA[{"b": "${fn.map(y -> y)}"}]]></flowable:string>
                  </flowable:field>
                </extensionElements></serviceTask>
                """))
        .isEmpty();
  }

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../processes"))) {
      return files.filter(file -> file.toString().contains(".bpmn")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whenASampleIsCheckedThenNothingIsFound(Path sample) throws IOException {
    try (var bpmn = Files.newInputStream(sample)) {
      assertThat(RestConnector.check(bpmn)).isEmpty();
    }
  }

  static Stream<String> documentedTasks() throws IOException {
    List<String> tasks = new ArrayList<>();
    try (Stream<Path> pages = Files.walk(Path.of("../docs"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        Pattern.compile("(?s)<serviceTask.*?</serviceTask>")
            .matcher(Files.readString(page))
            .results()
            .map(MatchResult::group)
            .forEach(tasks::add);
      }
    }
    return tasks.stream();
  }

  @ParameterizedTest
  @MethodSource("documentedTasks")
  void whenATaskOfTheDocsIsCheckedThenNothingIsFound(String task) {
    assertThat(RestConnector.check(bpmn(task))).isEmpty();
  }

  @Test
  void whenNothingIsKnownOfTheNodeThenNoAuthenticationIsMissing() {
    String task =
        """
        <serviceTask id="call" flowable:delegateExpression="${restGet}"><extensionElements>
          <flowable:field name="authentication"><flowable:string>crm</flowable:string></flowable:field>
        </extensionElements></serviceTask>
        """;

    assertThat(RestConnector.check(bpmn(task))).isEmpty();
    assertThat(RestConnector.check(bpmn(task), NODE)).hasSize(1);
  }

  @Test
  void whenAFindingIsMadeThenItSaysWhereInItsParts() {
    Finding finding =
        RestConnector.check(
                bpmn(
                    """
                    <serviceTask id="call" flowable:delegateExpression="${restGet}">
                      <extensionElements><flowable:field name="timout" stringValue="10"/>
                    </extensionElements></serviceTask>
                    """))
            .get(0);

    assertThat(finding.isError()).isTrue();
    assertThat(finding.process()).isEqualTo("p");
    assertThat(finding.activity()).isEqualTo("call");
    assertThat(finding.field()).isEqualTo("timout");
    assertThat(finding.message()).endsWith("wanted timeout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "<definitions",
        "<definitions><process>",
        "<html/>",
        "<process id='p'/>"
      })
  void whenItIsNoBpmnThenThatIsSaid(String text) {
    InputStream bpmn = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> RestConnector.check(bpmn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("What is to be checked is no BPMN 2.0 XML");
  }

  @Test
  void whenItCannotBeReadThenThatIsNoFinding() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();

    assertThatThrownBy(() -> RestConnector.check(closed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whenAModelHasEntitiesThenTheyAreNotResolved(@TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "https://geheim.example.com");
    String model =
        new String(
            bpmn("""
                    <serviceTask id="call" flowable:delegateExpression="${restGet}"><extensionElements>
                      <flowable:field name="restUrl"><flowable:string>a&secret;</flowable:string></flowable:field>
                    </extensionElements></serviceTask>
                    """)
                .readAllBytes(),
            StandardCharsets.UTF_8);
    String entities = "<!DOCTYPE d [<!ENTITY secret SYSTEM \"%s\">]>".formatted(secret.toUri());

    assertThat(
            RestConnector.check(
                new ByteArrayInputStream((entities + model).getBytes(StandardCharsets.UTF_8))))
        .extracting(Finding::field)
        .containsExactly("restUrl");
  }

  @Test
  void whenItIsCheckedThenItIsReadToItsEndAndNotClosed() {
    AtomicBoolean isClosed = new AtomicBoolean();
    ByteArrayInputStream bpmn =
        new ByteArrayInputStream(bpmn("").readAllBytes()) {
          @Override
          public void close() {
            isClosed.set(true);
          }
        };

    assertThat(RestConnector.check(bpmn)).isEmpty();
    assertThat(bpmn.available()).isZero();
    assertThat(isClosed).isFalse();
  }

  @Test
  void whenAModelIsHugeThenItIsChecked() {
    String tasks =
        IntStream.range(0, 5000)
            .mapToObj(
                i ->
                    """
                    <serviceTask id="t%1$d" flowable:delegateExpression="${restGet}"><extensionElements>
                      <flowable:field name="restUrl"><flowable:string>https://a.example/%1$d</flowable:string></flowable:field>
                    </extensionElements></serviceTask>
                    """
                        .formatted(i))
            .collect(Collectors.joining());

    assertThat(RestConnector.check(bpmn(tasks.replace("/4999<", "/4999 ${id}<"))))
        .extracting(Finding::activity)
        .containsExactly("t4999");
  }

  private static List<Finding> findings(String elements) {
    return RestConnector.check(bpmn(elements), NODE);
  }

  /** A process of these elements, or a whole file. */
  static ByteArrayInputStream bpmn(String elements) {
    String errors = elements.replaceAll("(?s)(<error .*?/>)?.*", "$1");
    String xml =
        elements.contains("<definitions")
            ? elements
            : """
              <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
                %s<process id="p">%s</process></definitions>
              """
                .formatted(errors, elements.substring(errors.length()));
    return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
  }
}
