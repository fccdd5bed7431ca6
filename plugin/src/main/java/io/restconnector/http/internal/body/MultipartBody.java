package io.restconnector.http.internal.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.Numbers;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A payload in parts (RFC 7578), with names in UTF-8 as browsers send them. */
final class MultipartBody {

  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  /** RFC 9110 §8.3.1, with parameters of whatever form. */
  private static final Pattern TYPE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+( *;[ -~]*)?");

  private static final String FORMS =
      "wanted text, {\"filename\",\"contentType\",\"base64\"} or {\"contentType\",\"value\"}";

  private MultipartBody() {}

  /**
   * @param given boundary of the Content-Type, null where it has none
   */
  static RequestBody encode(
      String contentType, @Nullable String given, Map<String, List<JsonNode>> fields)
      throws InvalidBodyException {
    String boundary = given == null ? UUID.randomUUID().toString() : given;
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw new InvalidBodyException(
          "for a multipart boundary that is none (RFC 2046 §5.1.1), wanted another in Content-Type, or none");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Map.Entry<String, List<JsonNode>> field : fields.entrySet()) {
      for (JsonNode value : field.getValue()) {
        bytes.writeBytes(("--" + boundary + "\r\n").getBytes(UTF_8));
        byte[] part = part(field.getKey(), value);
        if (new String(part, ISO_8859_1).contains("--" + boundary)) {
          throw new InvalidBodyException(
              "a map whose part /%s holds the boundary of Content-Type, wanted another or none"
                  .formatted(field.getKey()));
        }
        bytes.writeBytes(part);
        bytes.writeBytes("\r\n".getBytes(UTF_8));
      }
    }
    bytes.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
    return new RequestBody(
        given == null ? contentType + "; boundary=" + boundary : contentType, bytes.toByteArray());
  }

  private static byte[] part(String name, JsonNode value) throws InvalidBodyException {
    String place = "/" + name;
    String head = "Content-Disposition: form-data; name=" + quoted(name, place);
    if (!value.isContainer()) {
      String text = RequestBody.encodable(Numbers.text(value), UTF_8, place);
      return part(head, "text/plain; charset=UTF-8", text.getBytes(UTF_8));
    }
    JsonNode base64 = present(value, "base64");
    JsonNode content = present(value, "value");
    if ((base64 == null) == (content == null)) {
      throw misfit(place, value, FORMS);
    }
    JsonNode filename = present(value, "filename");
    if (filename != null) {
      head += "; filename=" + quoted(text(filename, place + "/filename"), place + "/filename");
    }
    JsonNode type = present(value, "contentType");
    if (base64 != null) {
      String text = text(base64, place + "/base64");
      return part(head, contentType(type, place), base64(text, place + "/base64"));
    }
    if (type == null) {
      throw misfit(place, value, "wanted a \"contentType\" beside \"value\"");
    }
    String contentType = contentType(type, place);
    return part(head, contentType, value(content, contentType, place + "/value"));
  }

  private static byte[] part(String head, String contentType, byte[] content) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes((head + "\r\nContent-Type: " + contentType + "\r\n\r\n").getBytes(UTF_8));
    part.writeBytes(content);
    return part.toByteArray();
  }

  /** JSON or text in the form of its type, as a whole payload would be. */
  private static byte[] value(JsonNode value, String contentType, String place)
      throws InvalidBodyException {
    MediaType type = MediaType.parse(contentType);
    try {
      if (type.isJson()) {
        if (value.isString()) {
          JsonText.parse(value.stringValue());
        }
        return RequestBody.bytes(value.isString() ? value.stringValue() : value.toString(), type);
      }
      if (type.isText() && !value.isContainer()) {
        return RequestBody.bytes(Numbers.text(value), type);
      }
    } catch (InvalidBodyException unusable) {
      throw new InvalidBodyException(unusable.getMessage() + " at " + place);
    } catch (JsonText.NoJsonException text) {
      throw new InvalidBodyException(
          "a String that holds no JSON at %s, %s".formatted(place, text.fault()));
    }
    throw misfit(
        place,
        value,
        type.isText()
            ? "wanted a scalar for " + type.name()
            : "wanted \"base64\" for " + type.name());
  }

  private static @Nullable JsonNode present(JsonNode part, String name) {
    return part.hasNonNull(name) ? part.get(name) : null;
  }

  private static String text(JsonNode node, String place) throws InvalidBodyException {
    if (!node.isString()) {
      throw misfit(place, node, "wanted a String");
    }
    return node.stringValue();
  }

  private static byte[] base64(String text, String place) throws InvalidBodyException {
    try {
      return RequestBody.base64(text);
    } catch (InvalidBodyException malformed) {
      throw new InvalidBodyException(malformed.getMessage() + " at " + place);
    }
  }

  private static InvalidBodyException misfit(String place, JsonNode node, String wanted) {
    return new InvalidBodyException(
        "a JSON %s at %s, %s".formatted(node.getNodeType(), place, wanted));
  }

  private static String quoted(String value, String place) throws InvalidBodyException {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
      throw new InvalidBodyException("a name with CR, LF or NUL at " + place);
    }
    return '"' + RequestBody.encodable(value, UTF_8, place).replace("\"", "%22") + '"';
  }

  private static String contentType(@Nullable JsonNode type, String part)
      throws InvalidBodyException {
    if (type == null) {
      return "application/octet-stream";
    }
    String place = part + "/contentType";
    String text = text(type, place);
    if (!TYPE.matcher(text).matches()) {
      throw new InvalidBodyException("text that is no media type at " + place);
    }
    return text;
  }
}
