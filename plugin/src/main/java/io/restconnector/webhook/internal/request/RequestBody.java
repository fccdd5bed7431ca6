package io.restconnector.webhook.internal.request;

import io.restconnector.content.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request by its media type.
 *
 * @param value a JSON node or scalar, a map for forms, a String for text, base64 for the rest; null
 *     for an empty body
 * @param fields of a form; empty for other types
 */
public record RequestBody(@Nullable Object value, Map<String, Object> fields) {

  private static final String NO_JSON = "The body is not the JSON that its Content-Type says";

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
      return new RequestBody(JsonInput.read(text(bytes, type), NO_JSON), Map.of());
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
