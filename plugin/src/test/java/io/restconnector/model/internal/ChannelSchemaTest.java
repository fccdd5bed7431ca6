package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An editor with the schemas says what a deployment says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChannelSchemaTest {

  private static final Path CASES = Path.of("src/test/resources/models/wrong-channels.json");
  private static final JsonNode RIGHT =
      JsonMapper.shared()
          .readTree(
              """
              {"key": "k", "channelType": "inbound", "type": "webhook", "path": "p",
                "channelEventKeyDetection": {"fixedValue": "e"}}""");

  private final Schema channel = schema("webhook-channel");
  private final Schema event = schema("event");
  private CallEngine engine;

  private static Schema schema(String name) {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(Files.readString(Path.of("../modelling/schemas", name + ".schema.json")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeAll
  void start() {
    engine =
        CallEngine.start(
            RestConnectorConfigurator.builder()
                .settings(
                    RestConnectorSettings.defaults()
                        .withHttp(
                            HttpSettings.defaults()
                                .withAccess(
                                    AccessSettings.defaults()
                                        .withSecrets(Map.of("s", Secret.of("c2VjcmV0"))))))
                .signatureScheme(new AcmeScheme())
                .build());
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /** Each is merged into a right channel; null takes a property away. */
  static Stream<JsonNode> wrongChannels() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(CASES)).get("wrong").valueStream();
  }

  static Stream<JsonNode> rightChannels() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(CASES)).get("right").valueStream();
  }

  static Stream<JsonNode> onlyForTheDeployment() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(CASES))
        .get("known to the deployment only")
        .valueStream();
  }

  @ParameterizedTest
  @MethodSource("wrongChannels")
  void whenAChannelIsWrongThenSchemaAndDeploymentRefuseIt(JsonNode change) {
    JsonNode file = changed(change);

    assertThat(isDeployed(file)).as("deployed").isFalse();
    assertThat(channel.validate(file.toString(), InputFormat.JSON)).as("schema").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("rightChannels")
  void whenAChannelIsRightThenSchemaAndDeploymentTakeIt(JsonNode change) {
    JsonNode file = changed(change);

    assertThat(isDeployed(file)).as("deployed").isTrue();
    assertThat(channel.validate(file.toString(), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("onlyForTheDeployment")
  void whenOnlyTheDeploymentCanKnowThenTheSchemaTakesIt(JsonNode change) {
    JsonNode file = changed(change);

    assertThat(isDeployed(file)).as("deployed").isFalse();
    assertThat(channel.validate(file.toString(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void whenWrongChannelsAreCountedThenThereAreManyOfThem() throws IOException {
    assertThat(wrongChannels()).hasSizeGreaterThanOrEqualTo(40);
  }

  static Stream<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("../processes", "src/test/resources/recipes")) {
      try (Stream<Path> all = Files.list(Path.of(folder))) {
        all.filter(file -> file.toString().matches(".*\\.(channel|event)")).forEach(files::add);
      }
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void whenAFileOfTheRepositoryIsValidatedThenItFits(Path file) throws IOException {
    Schema schema = file.toString().endsWith(".event") ? event : channel;

    assertThat(schema.validate(Files.readString(file), InputFormat.JSON)).isEmpty();
  }

  private static JsonNode changed(JsonNode change) {
    ObjectNode file = (ObjectNode) RIGHT.deepCopy();
    change
        .properties()
        .forEach(
            property -> {
              if (property.getValue().isNull()) {
                file.remove(property.getKey());
              } else {
                file.set(property.getKey(), property.getValue());
              }
            });
    return file;
  }

  private boolean isDeployed(JsonNode file) {
    try {
      engine
          .engine
          .getRepositoryService()
          .createDeployment()
          .addString("k.channel", file.toString())
          .deploy();
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  /** Of the application: the schema cannot know its properties. */
  private static final class AcmeScheme implements SignatureScheme {

    @Override
    public String name() {
      return "acme";
    }

    @Override
    public Verifier configure(Properties properties) {
      properties.text("depth", "a number");
      return new Verifier() {
        @Override
        public Verdict verify(SignedRequest request, List<Secret> secrets) {
          return new Invalid("nothing is signed here");
        }

        @Override
        public boolean namesDeliveries() {
          return true;
        }
      };
    }
  }
}
