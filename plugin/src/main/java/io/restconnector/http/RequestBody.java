package io.restconnector.http;

import io.restconnector.content.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payload as the bytes of its Content-Type.
 *
 * @param contentType to be sent; differs from the one asked for where a multipart boundary was made
 */
public record RequestBody(String contentType, byte[] bytes) {

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
      return type.charsetOr(StandardCharsets.UTF_8);
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
                + URLEncoder.encode(value.asString(), charset));
      }
    }
    return String.join("&", pairs).getBytes(StandardCharsets.US_ASCII);
  }

  private static RequestBody multipart(
      String contentType, MediaType type, Map<String, List<JsonNode>> fields)
      throws InvalidBodyException {
    MultipartEntityBuilder builder =
        MultipartEntityBuilder.create()
            .setMode(HttpMultipartMode.EXTENDED)
            .setCharset(StandardCharsets.UTF_8);
    if (type.boundary() != null) {
      builder.setBoundary(type.boundary());
    }
    for (Map.Entry<String, List<JsonNode>> field : fields.entrySet()) {
      for (JsonNode value : field.getValue()) {
        addPart(builder, headerSafe(field.getKey(), "name"), value);
      }
    }
    try (HttpEntity entity = builder.build()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      entity.writeTo(bytes);
      return new RequestBody(
          type.boundary() == null ? entity.getContentType() : contentType, bytes.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // written to memory
    }
  }

  private static void addPart(MultipartEntityBuilder builder, String name, JsonNode value)
      throws InvalidBodyException {
    if (!value.isContainer()) {
      builder.addTextBody(name, value.asString(), ContentType.TEXT_PLAIN.withCharset("UTF-8"));
      return;
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
    builder.addBinaryBody(
        name,
        base64(base64.asString()),
        partType(name, value.get("contentType")),
        value.hasNonNull("filename")
            ? headerSafe(value.get("filename").asString(), "filename")
            : null);
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
