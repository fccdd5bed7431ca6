package io.restconnector.model.internal;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine;
import io.restconnector.fixtures.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Diagrams to which {@code .ci/modelling} applied the element templates in a modeler: they run as
 * they were saved, with the fields that nobody filled in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppliedTemplatesTest {

  private static final Path APPLIED = Path.of("src/test/resources/models/applied");

  private RawServer server;
  private CallEngine engine;

  @BeforeAll
  void start() throws IOException {
    server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    engine = CallEngine.withWorker();
  }

  @AfterAll
  void close() {
    engine.close();
    server.close();
  }

  static Stream<Path> diagrams() throws IOException {
    try (Stream<Path> files = Files.list(APPLIED)) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void whenTemplatesAreCountedThenEachHasItsDiagram() throws IOException {
    assertThat(diagrams().map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(
            ElementTemplates.all()
                .valueStream()
                .map(each -> each.get("id").asString().replace("io.restconnector.", "") + ".bpmn")
                .toList());
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void whenATemplateWasAppliedAndFilledThenTheCallIsMade(Path diagram) throws IOException {
    String name = diagram.getFileName().toString().replace(".bpmn", "");
    String method = name.replaceAll("rest|\\.worker", "").toUpperCase(java.util.Locale.ROOT);
    engine
        .engine
        .getRepositoryService()
        .createDeployment()
        .addString(name + ".bpmn", Files.readString(diagram))
        .deploy();

    CallEngine.Outcome outcome =
        engine.run(
            name.replace('.', '_'),
            Map.ofEntries(
                entry("base", server.url("/" + name)),
                entry("id", "A 1"),
                entry("seconds", 20L),
                entry("requestPayload", "{\"not\": \"this\"}")));

    assertThat(outcome.variables()).containsEntry("answered", 200).doesNotContainKey("restStatus");
    String request =
        server.requests().stream()
            .filter(each -> each.contains("/" + name + "/"))
            .findFirst()
            .get();
    assertThat(request)
        .startsWith(method + " /" + name + "/orders/A%201 HTTP/1.1\r\n")
        .contains("X-Order: A 1\r\n");
    assertThat(request.contains("{\"order\":\"A 1\"}"))
        .isEqualTo(diagram.toString().matches(".*rest(Post|Put|Patch|Delete).*"));
    assertThat(request).doesNotContain("not");
  }
}
