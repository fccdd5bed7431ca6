package io.restconnector.http.internal.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restconnector.content.MediaType;
import io.restconnector.content.Numbers;
import java.io.ByteArrayOutputStream;
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
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payload as the bytes of its Content-Type.
 *
 * @param contentType to be sent; differs from the one asked for where a multipart boundary was made
 */
public record RequestBody(String contentType, byte[] bytes) {

  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  /**
   * Encodes JSON, a form or multipart fields.
   *
   * @throws InvalidBodyException when the value does not fit the type
   */
  public static RequestBody encode(String contentType, JsonNode value) throws InvalidBodyException {
    MediaType type = MediaType.parse(contentType);
    if (type.isForm()) {
      return new RequestBody(contentType, form(fields(type, value), charset(type)));
    }
    if (type.isMultipart()) {
      return multipart(contentType, type, fields(type, value));
    }
    return new RequestBody(contentType, text(value.toString(), charset(type)));
  }

  /** As {@link #encode(String, JsonNode)}, for a String of a text type, in its charset. */
  public static RequestBody text(String contentType, String value) throws InvalidBodyException {
    return new RequestBody(contentType, text(value, charset(MediaType.parse(contentType))));
  }

  private static Charset charset(MediaType type) throws InvalidBodyException {
    try {
      return type.charsetOr(UTF_8);
    } catch (UnsupportedCharsetException | IllegalCharsetNameException unknown) {
      throw new InvalidBodyException("an unknown charset, wanted one that this JVM has");
    }
  }

  private static byte[] text(String value, Charset charset) throws InvalidBodyException {
    if (!charset.canEncode()) {
      throw new InvalidBodyException("charset " + charset + ", wanted one that can be written");
    }
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(value));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidBodyException("text with characters that charset " + charset + " lacks");
    }
  }

  private static Map<String, List<JsonNode>> fields(MediaType type, JsonNode value)
      throws InvalidBodyException {
    if (!value.isObject()) {
      throw new InvalidBodyException(
          "a JSON " + value.getNodeType() + ", wanted a map for " + type.name());
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
              "form field "
                  + field.getKey()
                  + " is a JSON "
                  + value.getNodeType()
                  + ", wanted a scalar or an array of scalars");
        }
        pairs.add(
            URLEncoder.encode(field.getKey(), charset)
                + "="
                + URLEncoder.encode(Numbers.text(value), charset));
      }
    }
    return String.join("&", pairs).getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 7578, with names in UTF-8 as browsers send them. */
  private static RequestBody multipart(
      String contentType, MediaType type, Map<String, List<JsonNode>> fields)
      throws InvalidBodyException {
    String boundary = type.boundary() == null ? UUID.randomUUID().toString() : type.boundary();
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw new InvalidBodyException("for a multipart boundary that is none (RFC 2046 §5.1.1)");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Map.Entry<String, List<JsonNode>> field : fields.entrySet()) {
      for (JsonNode value : field.getValue()) {
        bytes.writeBytes(("--" + boundary + "\r\n").getBytes(UTF_8));
        byte[] part = part(field.getKey(), value);
        if (new String(part, StandardCharsets.ISO_8859_1).contains("--" + boundary)) {
          throw new InvalidBodyException(
              "parts of which one holds the boundary of Content-Type, wanted another or none");
        }
        bytes.writeBytes(part);
        bytes.writeBytes("\r\n".getBytes(UTF_8));
      }
    }
    bytes.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
    return new RequestBody(
        type.boundary() == null ? contentType + "; boundary=" + boundary : contentType,
        bytes.toByteArray());
  }

  private static byte[] part(String name, JsonNode value) throws InvalidBodyException {
    String head = "Content-Disposition: form-data; name=" + quoted(name, "name");
    if (!value.isContainer()) {
      String type = "\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n";
      return (head + type + Numbers.text(value)).getBytes(UTF_8);
    }
    JsonNode base64 = value.get("base64");
    if (base64 == null || !base64.isString()) {
      throw new InvalidBodyException(
          "multipart field "
              + name
              + " is a JSON "
              + value.getNodeType()
              + ", wanted text or {\"filename\",\"contentType\",\"base64\"}");
    }
    if (value.hasNonNull("filename")) {
      head += "; filename=" + quoted(value.get("filename").asString(), "filename");
    }
    head += "\r\nContent-Type: " + partType(name, value.get("contentType")) + "\r\n\r\n";
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes(head.getBytes(UTF_8));
    part.writeBytes(base64(base64.asString()));
    return part.toByteArray();
  }

  private static String quoted(String value, String what) throws InvalidBodyException {
    return '"' + headerSafe(value, what).replace("\"", "%22") + '"';
  }

  private static ContentType partType(String name, @Nullable JsonNode type)
      throws InvalidBodyException {
    if (type == null || type.isNull()) {
      return ContentType.APPLICATION_OCTET_STREAM;
    }
    try {
      return ContentType.parse(headerSafe(type.asString(), "contentType"));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidBodyException("multipart field " + name + " has no valid contentType");
    }
  }

  private static String headerSafe(String value, String what) throws InvalidBodyException {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
      throw new InvalidBodyException("a multipart " + what + " holds CR, LF or NUL");
    }
    return value;
  }

  /** Decodes base64 (RFC 4648 §4). */
  public static byte[] base64(String value) throws InvalidBodyException {
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException malformed) {
      throw new InvalidBodyException("text that is no base64");
    }
  }
}
