package io.restconnector.webhook.internal.request;

import io.restconnector.content.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parts of {@code multipart/form-data} (RFC 7578). A field is text; a part with a file name is a
 * map with {@code filename}, {@code contentType} and {@code base64}.
 */
final class Multipart {

  /** Possessive, as the text in quotes comes from outside: else matching recurses for each char. */
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*(name|filename)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\\s]*))");

  private Multipart() {}

  static Map<String, Object> parse(byte[] bytes, @Nullable String boundary)
      throws RefusedException {
    if (boundary == null || boundary.isEmpty()) {
      throw malformed();
    }
    // One byte is one char here, so that indexes are those of the bytes.
    String text = "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    String delimiter = "\r\n--" + boundary;
    Params fields = new Params();
    int start = text.indexOf(delimiter);
    while (start >= 0) {
      start += delimiter.length();
      if (text.startsWith("--", start)) {
        return fields.asMap();
      }
      int headersStart = text.indexOf("\r\n", start);
      int next = text.indexOf(delimiter, start);
      int headersEnd = headersStart < 0 ? -1 : text.indexOf("\r\n\r\n", headersStart);
      if (headersEnd < 0 || next < headersEnd || !text.substring(start, headersStart).isBlank()) {
        throw malformed();
      }
      // Without content the delimiter's line break may be that of the last header.
      String content = headersEnd + 4 > next ? "" : text.substring(headersEnd + 4, next);
      addPart(text.substring(headersStart, headersEnd), content, fields);
      start = next;
    }
    throw malformed();
  }

  private static void addPart(String headers, String content, Params fields)
      throws RefusedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    String contentType = null;
    for (String header : headers.split("\r\n", -1)) {
      int colon = header.indexOf(':');
      String name = colon < 0 ? "" : header.substring(0, colon).trim();
      if (name.equalsIgnoreCase("Content-Disposition")) {
        Matcher parameter = PARAMETER.matcher(header);
        while (parameter.find()) {
          String quoted = parameter.group(2);
          parameters.put(
              parameter.group(1),
              utf8(quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1")));
        }
      } else if (name.equalsIgnoreCase("Content-Type")) {
        contentType = header.substring(colon + 1).trim();
      }
    }
    String name = parameters.get("name");
    if (name == null) {
      throw malformed();
    }
    String filename = parameters.get("filename");
    fields.add(
        name,
        filename == null ? field(content, contentType) : file(filename, contentType, content));
  }

  private static String field(String content, @Nullable String contentType)
      throws RefusedException {
    try {
      return PercentDecoder.text(
          content.getBytes(StandardCharsets.ISO_8859_1),
          MediaType.parse(contentType).charsetOr(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException unknownCharset) {
      throw malformed();
    }
  }

  private static Map<String, Object> file(
      String filename, @Nullable String contentType, String content) {
    return Map.of(
        "filename",
        filename,
        "contentType",
        contentType == null ? "application/octet-stream" : contentType,
        "base64",
        Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String utf8(String bytes) throws RefusedException {
    return PercentDecoder.text(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static RefusedException malformed() {
    return RefusedException.badRequest("The body is not the multipart that its Content-Type says.");
  }
}
