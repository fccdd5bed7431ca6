package io.restconnector.webhook;

import io.restconnector.content.JsonValues;
import io.restconnector.content.MediaType;
import io.restconnector.content.Numbers;
import io.restconnector.content.OutsideText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a request by its media type.
 *
 * @param value a JSON node or scalar, a map for forms, a String for text, base64 for the rest; null
 *     for an empty body
 * @param fields of a form; empty for other types
 */
record RequestBody(@Nullable Object value, Map<String, Object> fields) {

  private static final int MAX_DEPTH = 500;

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
   * Reads at most {@code limit} bytes.
   *
   * @param declaredLength -1 where it is not known
   */
  static byte[] read(InputStream in, long declaredLength, long limit) throws RefusedException {
    if (declaredLength <= limit) {
      byte[] bytes;
      try {
        bytes = in.readNBytes((int) limit + 1);
      } catch (IOException cutShort) {
        throw RefusedException.badRequest("The body is cut short or badly framed.");
      }
      if (bytes.length < declaredLength) {
        throw RefusedException.badRequest("The body is cut short.");
      }
      if (bytes.length <= limit) {
        return bytes;
      }
    }
    throw RefusedException.tooLarge(limit);
  }

  static RequestBody parse(byte[] bytes, MediaType type) throws RefusedException {
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

  private static @Nullable Object json(String text) throws RefusedException {
    try {
      return JsonValues.toVariable(JsonValues.of(Numbers.read(JSON, text)));
    } catch (JacksonException | IllegalArgumentException malformed) {
      throw RefusedException.badRequest("The body is not the JSON that its Content-Type says.");
    }
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
