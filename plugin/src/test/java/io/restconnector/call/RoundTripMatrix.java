package io.restconnector.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON goes through response, variable, database, template and request, to the digit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RoundTripMatrix {

  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final TestDatabase database;
  private final int documents;
  private final AtomicReference<String> document = new AtomicReference<>("");
  private final Random random = new Random(11);
  private RawServer server;
  private CallEngine engine;

  /**
   * @param documents that are made
   */
  RoundTripMatrix(TestDatabase database, int documents) {
    this.database = database;
    this.documents = documents;
  }

  @BeforeAll
  void start() throws Exception {
    server =
        RawServer.start(
            RawServer.replying(
                request -> {
                  String body = new String(document.get().getBytes(UTF_8), ISO_8859_1);
                  return RawServer.response("200 OK\r\nContent-Type: application/json", body);
                }));
    engine =
        CallEngine.start(
            database.configure(new StandaloneProcessEngineConfiguration(), database.url()));
    String url = CallEngine.string("restUrl", server.url("/"));
    engine.deployProcess(
        "roundTrip",
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="get"/>
        <serviceTask id="get" %s><extensionElements>%s%s</extensionElements></serviceTask>
        <sequenceFlow sourceRef="get" targetRef="stored"/><userTask id="stored"/>
        <sequenceFlow sourceRef="stored" targetRef="post"/>
        <serviceTask id="post" %s><extensionElements>%s%s</extensionElements></serviceTask>
        <sequenceFlow sourceRef="post" targetRef="e"/><endEvent id="e"/>
        """
            .formatted(
                CallEngine.byExpression(RestAction.GET),
                url,
                CallEngine.string(
                    "outputMapping", "{\"doc\":\"${restResult}\",\"n\":\"${restResult.n}\"}"),
                CallEngine.byExpression(RestAction.POST),
                url,
                CallEngine.string(
                    "requestPayload", "{\"doc\":\"${doc}\",\"n\":\"${n}\",\"m\":\"${doc.n}\"}")));
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  @Test
  void whenAnyDocumentGoesRoundThenEveryDigitComesBack() {
    for (int i = 0; i < documents; i++) {
      ObjectNode sent = object(0);
      sent.set("n", number());
      document.set(sent.toString());
      String instance = engine.begin("roundTrip", Map.of());
      Task stored =
          engine
              .engine
              .getTaskService()
              .createTaskQuery()
              .processInstanceId(instance)
              .singleResult();
      engine.engine.getTaskService().complete(stored.getId());

      String request = server.requests().get(server.requests().size() - 1);
      String body = request.substring(request.indexOf("\r\n\r\n") + 4);
      JsonNode back = EXACT.readTree(new String(body.getBytes(ISO_8859_1), UTF_8));
      ObjectNode wanted = NODES.objectNode();
      wanted.set("doc", normal(sent));
      wanted.set("n", normal(sent.get("n")));
      wanted.set("m", normal(sent.get("n")));
      assertThat(normal(back)).isEqualTo(wanted);
    }
  }

  /** With numbers by value, since trailing zeros are not kept. */
  private static JsonNode normal(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.properties().forEach(member -> object.set(member.getKey(), normal(member.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      node.values().forEach(element -> array.add(normal(element)));
      return array;
    }
    return node.isNumber()
        ? NODES.stringNode(node.decimalValue().stripTrailingZeros().toString())
        : node;
  }

  private ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    for (int i = random.nextInt(5); i >= 0; i--) {
      object.set(text(), value(depth));
    }
    return object;
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth < 4 ? 9 : 6)) {
      case 0 -> NODES.stringNode(text());
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.nullNode();
      case 3, 4, 5 -> number();
      case 6 -> object(depth + 1);
      default -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(depth + 1));
        }
        yield array;
      }
    };
  }

  private JsonNode number() {
    BigInteger digits = new BigInteger(1 + random.nextInt(130), random);
    BigInteger signed = random.nextBoolean() ? digits : digits.negate();
    return switch (random.nextInt(5)) {
      case 0 -> NODES.numberNode(random.nextInt(100_000) / 100.0);
      case 1 -> NODES.numberNode(random.nextLong());
      case 2 -> NODES.numberNode(signed);
      case 3 -> NODES.numberNode(new BigDecimal(signed, random.nextInt(40)));
      default -> NODES.numberNode(new BigDecimal(signed, random.nextInt(600) - 300));
    };
  }

  /** Without half characters and NUL, which databases do not keep. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int c =
          switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(0x1f);
            case 1 -> "\"\\/${}#'<&\u2028\ufeff".charAt(random.nextInt(12));
            // The engine's tables on MariaDB hold three bytes of a character.
            case 2 -> (database == TestDatabase.MARIADB ? 0x3000 : 0x1f300) + random.nextInt(0x200);
            default -> 0x20 + random.nextInt(0x600);
          };
      text.appendCodePoint(c);
    }
    return text.toString();
  }
}
