package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.HeaderParameters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a part say.
 *
 * @param filename null for a field
 */
record PartHeaders(String name, @Nullable String filename, @Nullable String contentType) {

  /**
   * Reads headers.
   *
   * @param headers a character for each byte
   * @return null where they name no field
   */
  static @Nullable PartHeaders parse(String headers) {
    HeaderParameters disposition = null;
    String contentType = null;
    for (String header : headers.replaceAll("\r?\n[ \t]+", " ").split("\r?\n", -1)) {
      int colon = header.indexOf(':');
      String name = colon < 0 ? "" : header.substring(0, colon).trim();
      if (name.equalsIgnoreCase("Content-Disposition")) {
        disposition = HeaderParameters.parse(header.substring(colon + 1));
      } else if (name.equalsIgnoreCase("Content-Type")) {
        contentType = header.substring(colon + 1).trim();
      }
    }
    if (disposition == null) {
      return null;
    }
    String name = parameter(disposition, "name");
    return name == null
        ? null
        : new PartHeaders(name, parameter(disposition, "filename"), contentType);
  }

  private static @Nullable String parameter(HeaderParameters disposition, String name) {
    String extended = disposition.byName().get(name + "*");
    String decoded = extended == null ? null : extended(extended);
    String plain = disposition.byName().get(name);
    if (decoded != null) {
      return decoded;
    }
    return plain == null ? extended : text(plain);
  }

  /** A value with a charset, a language and percent-encoded bytes (RFC 8187 §3.2). */
  private static @Nullable String extended(String value) {
    String[] parts = value.split("'", 3);
    if (parts.length < 3) {
      return null;
    }
    try {
      return PercentDecoder.decode(parts[2], false, Charset.forName(parts[0]));
    } catch (RefusedException | IllegalArgumentException malformed) {
      return null;
    }
  }

  /** Browsers send UTF-8; what is none is taken byte by byte, so that no name spoils a body. */
  private static String text(String bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException otherCharset) {
      return bytes;
    }
  }
}
