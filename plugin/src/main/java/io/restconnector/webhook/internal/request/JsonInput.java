package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.Numbers;
import io.restconnector.content.internal.OutsideText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** JSON of a request. Refuses what two readers could understand in two ways. */
public final class JsonInput {

  private static final int MAX_DEPTH = 500;

  private static final JsonFactory LENIENT = new JsonFactory();

  private static final ObjectMapper JSON =
      Numbers.exact(
          JsonMapper.builder(
                  JsonFactory.builder()
                      .streamReadConstraints(
                          StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .build())
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build());

  private JsonInput() {}

  /**
   * Reads text; the value is as a process has it.
   *
   * @param refusal the beginning of a sentence that ends with what is wrong
   */
  public static @Nullable Object read(String text, String refusal) throws RefusedException {
    String json = OutsideText.withoutByteOrderMark(text);
    try {
      JsonNode node = JsonValues.of(Numbers.read(JSON, json));
      return node.isString() ? node.stringValue() : JsonValues.toVariable(node);
    } catch (JacksonException | IllegalArgumentException malformed) {
      throw RefusedException.badRequest(refusal + ": " + kind(malformed, json) + ".");
    }
  }

  /** What is wrong, without a value. */
  private static String kind(RuntimeException malformed, String text) {
    if (malformed instanceof StreamConstraintsException) {
      return "it is nested too deep, or a name or number is too long";
    }
    if (text.isBlank()) {
      return "it is empty";
    }
    return malformed instanceof StreamReadException && isWellFormed(text)
        ? "a name occurs twice in an object (duplicate key)"
        : "it is malformed";
  }

  /** Apart from names that occur twice. */
  private static boolean isWellFormed(String text) {
    int values = 0;
    try (JsonParser parser = LENIENT.createParser(ObjectReadContext.empty(), text)) {
      while (parser.nextToken() != null) {
        values += parser.streamReadContext().inRoot() ? 1 : 0;
      }
    } catch (JacksonException malformed) {
      return false;
    }
    return values == 1;
  }
}
