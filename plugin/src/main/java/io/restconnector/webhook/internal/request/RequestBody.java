package io.restconnector.webhook.internal.request;

import io.restconnector.content.JsonValues;
import io.restconnector.content.MediaType;
import io.restconnector.content.Numbers;
import io.restconnector.content.OutsideText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
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

/**
 * The body of a request by its media type.
 *
 * @param value a JSON node or scalar, a map for forms, a String for text, base64 for the rest; null
 *     for an empty body
 * @param fields of a form; empty for other types
 */
public record RequestBody(@Nullable Object value, Map<String, Object> fields) {

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

  /**
   * The length of JSON that takes as much memory. Each field of a form and each part may become a
   * tree of its own; text and bytes are held a few times at most.
   *
   * @param length in bytes
   */
  static long weight(long length, MediaType type) {
    return type.isJson() || type.isForm() || type.isMultipart() ? length : length / 4;
  }

  public static RequestBody parse(byte[] bytes, MediaType type) throws RefusedException {
    if (bytes.length == 0) {
      return new RequestBody(null, Map.of());
    }
    if (type.isJson()) {
      return new RequestBody(json(OutsideText.withoutMark(text(bytes, type))), Map.of());
    }
    if (type.isForm()) {
      Map<String, Object> fields = Params.parse(text(bytes, type), charset(type)).asMap();
      return new RequestBody(fields, fields);
    }
    if (type.isMultipart()) {
      Map<String, Object> fields = Multipart.parse(bytes, type.boundary());
      return new RequestBody(fields, fields);
    }
    return new RequestBody(
        type.isText() ? text(bytes, type) : Base64.getEncoder().encodeToString(bytes), Map.of());
  }

  /** The parameters of the query and of the form. */
  Map<String, Object> withQuery(@Nullable String query) throws RefusedException {
    Params parameters = Params.parse(query);
    if (parameters.isEmpty()) {
      return fields;
    }
    parameters.addAll(fields);
    return parameters.asMap();
  }

  private static @Nullable Object json(String text) throws RefusedException {
    try {
      JsonNode node = JsonValues.of(Numbers.read(JSON, text));
      return node.isString() ? node.stringValue() : JsonValues.toVariable(node);
    } catch (JacksonException | IllegalArgumentException malformed) {
      throw RefusedException.badRequest(
          "The body is not the JSON that its Content-Type says: %s."
              .formatted(kind(malformed, text)));
    }
  }

  /** What is wrong, without a value. */
  private static String kind(RuntimeException malformed, String text) {
    if (malformed instanceof StreamConstraintsException) {
      return "it is nested too deep, or a name or number is too long";
    }
    return malformed instanceof StreamReadException && isWellFormed(text)
        ? "a name occurs twice in an object"
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

  private static String text(byte[] bytes, MediaType type) throws RefusedException {
    return PercentDecoder.text(bytes, charset(type));
  }

  private static Charset charset(MediaType type) throws RefusedException {
    try {
      return type.charsetOr(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException unknown) {
      throw RefusedException.badRequest("The charset of the body is not known.");
    }
  }
}
