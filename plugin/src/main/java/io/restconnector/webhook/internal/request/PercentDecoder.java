package io.restconnector.webhook.internal.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

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

  static String text(byte[] bytes, Charset charset) throws RefusedException {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw RefusedException.badRequest("The request holds text that is not " + charset + ".");
    }
  }
}
