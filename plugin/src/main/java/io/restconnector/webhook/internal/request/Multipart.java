package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.MediaType;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parts of {@code multipart/form-data} (RFC 7578). A field is text; a part with a file name is a
 * map with {@code filename}, {@code contentType} and {@code base64}. A field that is not in its
 * charset is base64.
 */
final class Multipart {

  /** A field with the charset of those that name none (RFC 7578 §4.6). */
  private static final String DEFAULT_CHARSET = "_charset_";

  private record Part(PartHeaders headers, byte[] content) {}

  private Multipart() {}

  static Map<String, Object> parse(byte[] bytes, @Nullable String boundary)
      throws RefusedException {
    if (boundary == null || boundary.isEmpty()) {
      throw malformed();
    }
    List<Part> parts = parts(bytes, boundary);
    String charset = null;
    for (Part part : parts) {
      if (part.headers().name().equals(DEFAULT_CHARSET)) {
        charset = known(new String(part.content(), StandardCharsets.ISO_8859_1).strip());
      }
    }
    Params fields = new Params();
    for (Part part : parts) {
      fields.add(part.headers().name(), value(part, charset));
    }
    return fields.asMap();
  }

  /** One that nobody knows is left out: it would spoil every part that names none. */
  private static @Nullable String known(String charset) {
    try {
      return Charset.isSupported(charset) ? charset : null;
    } catch (IllegalArgumentException noName) {
      return null;
    }
  }

  private static List<Part> parts(byte[] bytes, String boundary) throws RefusedException {
    // One byte is one char here, so that indexes are those of the bytes.
    String text = "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    String lineBreak = lineBreak(text, "\n--" + boundary);
    String delimiter = lineBreak + "--" + boundary;
    String emptyLine = lineBreak + lineBreak;
    List<Part> parts = new ArrayList<>();
    int start = text.indexOf(delimiter);
    while (start >= 0) {
      start += delimiter.length();
      if (text.startsWith("--", start)) {
        return parts;
      }
      int headersStart = text.indexOf(lineBreak, start);
      int next = text.indexOf(delimiter, start);
      int headersEnd = headersStart < 0 ? -1 : text.indexOf(emptyLine, headersStart);
      if (headersEnd < 0 || next < headersEnd || !text.substring(start, headersStart).isBlank()) {
        throw malformed();
      }
      // Without content the delimiter's line break may be that of the last header.
      int contentStart = headersEnd + emptyLine.length();
      String content = contentStart > next ? "" : text.substring(contentStart, next);
      PartHeaders headers = PartHeaders.parse(text.substring(headersStart, headersEnd));
      if (headers == null) {
        throw malformed();
      }
      parts.add(new Part(headers, content.getBytes(StandardCharsets.ISO_8859_1)));
      start = next;
    }
    throw malformed();
  }

  /** That of the first delimiter: some senders write bare line feeds. */
  private static String lineBreak(String text, String delimiter) {
    return text.startsWith("\n", text.indexOf(delimiter) + delimiter.length()) ? "\n" : "\r\n";
  }

  private static Object value(Part part, @Nullable String otherCharset) {
    String contentType = part.headers().contentType();
    String filename = part.headers().filename();
    if (filename != null) {
      return Map.of(
          "filename",
          filename,
          "contentType",
          contentType == null ? "application/octet-stream" : contentType,
          "base64",
          base64(part.content()));
    }
    MediaType type = MediaType.parse(contentType);
    try {
      return BodyText.of(
          part.content(),
          type.charset() == null
              ? new MediaType(type.name(), otherCharset, type.boundary())
              : type);
    } catch (CharacterCodingException | IllegalArgumentException notInItsCharset) {
      return base64(part.content()); // it must not spoil the other parts
    }
  }

  private static String base64(byte[] content) {
    return Base64.getEncoder().encodeToString(content);
  }

  private static RefusedException malformed() {
    return RefusedException.badRequest("The body is not the multipart that its Content-Type says.");
  }
}
