package io.restconnector.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 §2.1) and charsets, both without replacement characters. */
final class PercentDecoder {

  private PercentDecoder() {}

  static String decode(String text, boolean plusIsSpace) throws RefusedException {
    if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int literal = 0;
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', literal)) {
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low < 0) {
        throw RefusedException.badRequest("The request holds a broken percent-encoding.");
      }
      bytes.writeBytes(literal(text.substring(literal, i), plusIsSpace));
      bytes.write(high * 16 + low);
      literal = i + 3;
    }
    bytes.writeBytes(literal(text.substring(literal), plusIsSpace));
    return text(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  private static byte[] literal(String text, boolean plusIsSpace) {
    return (plusIsSpace ? text.replace('+', ' ') : text).getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes, Charset charset) throws RefusedException {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw RefusedException.badRequest("The request holds text that is not " + charset + ".");
    }
  }
}
