package io.restconnector.webhook.internal.request;

import io.restconnector.webhook.internal.trigger.PathTemplate;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Percent-encoding (RFC 3986 §2.1) and charsets, both without replacement characters. */
final class PercentDecoder {

  private PercentDecoder() {}

  static String decode(String text, boolean plusIsSpace) throws RefusedException {
    return decode(text, plusIsSpace, StandardCharsets.UTF_8);
  }

  /** The bytes, encoded or not, are text in a charset: {@code %83A} may be one character. */
  static String decode(String text, boolean plusIsSpace, Charset charset) throws RefusedException {
    if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int literal = 0;
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', literal)) {
      // Digits of ASCII alone: a form in UTF-8 may hold others.
      if (i + 2 >= text.length()
          || !HexFormat.isHexDigit(text.charAt(i + 1))
          || !HexFormat.isHexDigit(text.charAt(i + 2))) {
        throw RefusedException.badRequest("The request holds a broken percent-encoding.");
      }
      bytes.writeBytes(literal(text.substring(literal, i), plusIsSpace, charset));
      bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
      literal = i + 3;
    }
    bytes.writeBytes(literal(text.substring(literal), plusIsSpace, charset));
    return text(bytes.toByteArray(), charset);
  }

  private static byte[] literal(String text, boolean plusIsSpace, Charset charset) {
    return (plusIsSpace ? text.replace('+', ' ') : text).getBytes(charset);
  }

  /**
   * Those of a path, decoded one by one, so that an encoded slash stays inside its segment. One
   * slash at the end is ignored.
   */
  static List<String> segments(String path) throws RefusedException {
    List<String> segments = new ArrayList<>();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    for (String segment : trimmed.split("/", -1)) {
      String decoded = decode(segment, false);
      if (!PathTemplate.isUsable(decoded)) {
        return List.of();
      }
      segments.add(decoded);
    }
    return segments;
  }

  static String text(byte[] bytes, Charset charset) throws RefusedException {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw RefusedException.badRequest("The request holds text that is not " + charset + ".");
    }
  }
}
