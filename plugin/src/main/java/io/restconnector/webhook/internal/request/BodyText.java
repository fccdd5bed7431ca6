package io.restconnector.webhook.internal.request;

import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.TextEncoding;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** Bytes of a request as text, without replacement characters. */
final class BodyText {

  private BodyText() {}

  /**
   * The text of a type.
   *
   * @throws CharacterCodingException when it is not in its charset
   * @throws UnsupportedCharsetException when this JVM does not have the charset that is named
   * @throws IllegalCharsetNameException when what is named is no charset
   */
  static String of(byte[] bytes, MediaType type) throws CharacterCodingException {
    if (type.charset() != null) {
      type.charsetOr(StandardCharsets.UTF_8);
    }
    return TextEncoding.decodeStrictly(bytes, type);
  }

  /** As {@link #of}, for the sender to know what is wrong. */
  static String orRefused(byte[] bytes, MediaType type) throws RefusedException {
    try {
      return of(bytes, type);
    } catch (CharacterCodingException malformed) {
      throw RefusedException.badRequest(
          type.charset() == null
              ? "The body holds text that is not UTF-8, and names no other charset."
              : "The body holds text that is not in the charset of its Content-Type, "
                  + type.charsetOr(StandardCharsets.UTF_8)
                  + ".");
    } catch (IllegalArgumentException unknown) {
      throw RefusedException.badRequest("The charset of the body is not known.");
    }
  }
}
