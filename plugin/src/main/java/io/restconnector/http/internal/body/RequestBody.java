package io.restconnector.http.internal.body;

import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.Numbers;
import io.restconnector.content.internal.OutsideText;
import io.restconnector.content.internal.TextEncoding;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A payload as the bytes of its Content-Type.
 *
 * @param contentType to be sent; differs from the one asked for where a multipart boundary was made
 */
public record RequestBody(String contentType, byte[] bytes) {

  /** With the indentation of the next line. */
  private static final Pattern LINE_BREAK = Pattern.compile("[ \\t]*[\\r\\n][ \\t\\r\\n]*");

  /**
   * Encodes JSON, a form or multipart fields.
   *
   * @throws InvalidBodyException when the value does not fit the type
   */
  public static RequestBody encode(String contentType, JsonNode value) throws InvalidBodyException {
    MediaType type = MediaType.parse(contentType);
    if (type.isForm()) {
      return new RequestBody(contentType, form(fields(type, value), charset("", type)));
    }
    if (type.isMultipart()) {
      return MultipartBody.encode(contentType, type.boundary(), fields(type, value));
    }
    return text(contentType, value.toString());
  }

  /**
   * As {@link #encode(String, JsonNode)}, for a String of a text type or JSON: as it is, in the
   * charset of the type, else that which it declares as XML, else UTF-8.
   */
  public static RequestBody text(String contentType, String value) throws InvalidBodyException {
    return new RequestBody(contentType, bytes(value, MediaType.parse(contentType)));
  }

  static byte[] bytes(String value, MediaType type) throws InvalidBodyException {
    Charset charset = charset(value, type);
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(value));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidBodyException("text with characters that charset " + charset + " lacks");
    }
  }

  private static Charset charset(String value, MediaType type) throws InvalidBodyException {
    Charset charset;
    try {
      charset = TextEncoding.of(value, type);
    } catch (UnsupportedCharsetException | IllegalCharsetNameException unknown) {
      throw new InvalidBodyException(
          type.charset() == null
              ? "XML that declares an unknown encoding, wanted one that this JVM has"
              : "of an unknown charset, wanted one that this JVM has");
    }
    if (!charset.canEncode()) {
      throw new InvalidBodyException("of charset " + charset + ", wanted one that can be written");
    }
    return charset;
  }

  private static Map<String, List<JsonNode>> fields(MediaType type, JsonNode value)
      throws InvalidBodyException {
    if (!value.isObject()) {
      throw new InvalidBodyException(
          "a JSON %s, wanted a JSON map for %s".formatted(value.getNodeType(), type.name()));
    }
    Map<String, List<JsonNode>> fields = new LinkedHashMap<>();
    value.properties().forEach(field -> fields.put(field.getKey(), values(field.getValue())));
    return fields;
  }

  private static List<JsonNode> values(JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    (value.isArray() ? value.values() : List.of(value))
        .forEach(
            each -> {
              if (!each.isNull()) {
                values.add(each);
              }
            });
    return values;
  }

  private static byte[] form(Map<String, List<JsonNode>> fields, Charset charset)
      throws InvalidBodyException {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<String, List<JsonNode>> field : fields.entrySet()) {
      for (JsonNode value : field.getValue()) {
        if (value.isContainer()) {
          throw new InvalidBodyException(
              "a JSON %s at /%s, wanted a scalar or an array of scalars for a form"
                  .formatted(value.getNodeType(), field.getKey()));
        }
        String place = "/" + field.getKey();
        pairs.add(
            URLEncoder.encode(encodable(field.getKey(), charset, place), charset)
                + "="
                + URLEncoder.encode(encodable(Numbers.text(value), charset, place), charset));
      }
    }
    return String.join("&", pairs).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The same text, each character of which its charset has: an encoder would replace the others.
   *
   * @throws InvalidBodyException that names the place
   */
  static String encodable(String text, Charset charset, String place) throws InvalidBodyException {
    if (!charset.newEncoder().canEncode(text)) {
      throw new InvalidBodyException(
          "text with characters that charset %s lacks at %s"
              .formatted(charset, OutsideText.storable(place)));
    }
    return text;
  }

  /**
   * Decodes base64 (RFC 4648 §4), in lines or not.
   *
   * @throws InvalidBodyException that says what the value is
   */
  public static byte[] base64(String value) throws InvalidBodyException {
    try {
      return Base64.getDecoder().decode(LINE_BREAK.matcher(value.strip()).replaceAll(""));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidBodyException("text that is no base64");
    }
  }
}
