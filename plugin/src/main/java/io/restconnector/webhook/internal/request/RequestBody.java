package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.OutsideText;
import java.nio.charset.CharacterCodingException;
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
   * The length of JSON that takes as much memory. Each field of a form, each part and each text may
   * become a tree of its own; bytes are held a few times at most.
   *
   * @param length in bytes
   */
  public static long weight(long length, MediaType type) {
    boolean isOfBytes = !isTree(type) && !type.isText() && !type.name().isEmpty();
    return isOfBytes ? length / 4 : length;
  }

  private static boolean isTree(MediaType type) {
    return type.isJson() || type.isForm() || type.isMultipart();
  }

  public static RequestBody parse(byte[] bytes, MediaType type) throws RefusedException {
    if (bytes.length == 0) {
      return new RequestBody(null, Map.of());
    }
    if (type.isForm()) {
      Map<String, Object> fields =
          Params.parse(BodyText.orRefused(bytes, type), charset(type)).asMap();
      return new RequestBody(fields, fields);
    }
    if (type.isMultipart()) {
      Map<String, Object> fields = Multipart.parse(bytes, type.boundary());
      return new RequestBody(fields, fields);
    }
    return new RequestBody(value(bytes, type), Map.of());
  }

  private static @Nullable Object value(byte[] bytes, MediaType type) throws RefusedException {
    if (type.isJson()) {
      return JsonInput.read(BodyText.orRefused(bytes, type), NO_JSON);
    }
    if (type.isText()) {
      return BodyText.orRefused(bytes, type);
    }
    return type.name().isEmpty() ? untyped(bytes, type) : base64(bytes);
  }

  /** Of what says nothing of its type, only an object or array is taken for JSON. */
  private static @Nullable Object untyped(byte[] bytes, MediaType type) {
    String text;
    try {
      text = BodyText.of(bytes, type);
    } catch (CharacterCodingException | IllegalArgumentException binary) {
      return base64(bytes);
    }
    if (!OutsideText.isReadable(text)) {
      return base64(bytes);
    }
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      try {
        return JsonInput.read(text, "");
      } catch (RefusedException noJson) {
        return text;
      }
    }
    return text;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The parameters of the query and of the form. */
  public Map<String, Object> withQuery(@Nullable String query) throws RefusedException {
    Params parameters = Params.parse(query);
    if (parameters.isEmpty()) {
      return fields;
    }
    parameters.addAll(fields);
    return parameters.asMap();
  }

  private static Charset charset(MediaType type) throws RefusedException {
    try {
      return type.charsetOr(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException unknown) {
      throw RefusedException.badRequest("The charset of the body is not known.");
    }
  }
}
