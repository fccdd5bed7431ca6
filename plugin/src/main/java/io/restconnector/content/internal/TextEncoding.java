package io.restconnector.content.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of text: that of its byte order mark, else the charset parameter of its type, else
 * what its XML declaration names, else UTF-8 (RFC 7303 §3).
 */
public final class TextEncoding {

  private static final Pattern DECLARATION =
      Pattern.compile(
          "\\s*<\\?xml\\s[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

  /** An XML declaration is no longer than this. */
  private static final int DECLARATION_LENGTH = 256;

  private TextEncoding() {}

  /** A byte order mark. The longer ones come first, as UTF-32 begins like UTF-16. */
  private enum Mark {
    UTF_32BE("UTF-32BE", "\0\0\u00fe\u00ff"),
    UTF_32LE("UTF-32LE", "\u00ff\u00fe\0\0"),
    UTF_8("UTF-8", "\u00ef\u00bb\u00bf"),
    UTF_16BE("UTF-16BE", "\u00fe\u00ff"),
    UTF_16LE("UTF-16LE", "\u00ff\u00fe");

    private final Charset charset;
    private final String mark;

    /**
     * @param mark a character for each byte
     */
    Mark(String charset, String mark) {
      this.charset = Charset.forName(charset);
      this.mark = mark;
    }

    static @Nullable Mark of(byte[] bytes, int length) {
      for (Mark each : values()) {
        if (each.begins(bytes, length)) {
          return each;
        }
      }
      return null;
    }

    private boolean begins(byte[] bytes, int length) {
      return length >= mark.length()
          && new String(bytes, 0, mark.length(), StandardCharsets.ISO_8859_1).equals(mark);
    }
  }

  /**
   * Bytes from outside as text without its byte order mark. A charset that this JVM does not have
   * counts as none, and what is not in the charset becomes U+FFFD.
   *
   * @param length of the bytes that count
   */
  public static String decode(byte[] bytes, int length, MediaType type) {
    Mark mark = Mark.of(bytes, length);
    int start = mark == null ? 0 : mark.mark.length();
    String text = new String(bytes, start, length - start, charset(mark, bytes, length, type));
    return mark == null ? OutsideText.withoutByteOrderMark(text) : text;
  }

  /**
   * As {@link #decode}, of all bytes.
   *
   * @throws CharacterCodingException when they are not in the charset
   */
  public static String decodeStrictly(byte[] bytes, MediaType type)
      throws CharacterCodingException {
    Mark mark = Mark.of(bytes, bytes.length);
    int start = mark == null ? 0 : mark.mark.length();
    String text =
        charset(mark, bytes, bytes.length, type)
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
            .toString();
    return mark == null ? OutsideText.withoutByteOrderMark(text) : text;
  }

  private static Charset charset(@Nullable Mark mark, byte[] bytes, int length, MediaType type) {
    if (mark != null) {
      return mark.charset;
    }
    Charset charset = known(type.charset());
    if (charset == null && type.isXml()) {
      charset = declaredInBytes(bytes, length);
    }
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }

  private static @Nullable Charset declaredInBytes(byte[] bytes, int length) {
    if (length > 1 && bytes[0] == 0 && bytes[1] == '<') {
      return StandardCharsets.UTF_16BE;
    }
    if (length > 1 && bytes[0] == '<' && bytes[1] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    int head = Math.min(length, DECLARATION_LENGTH);
    Charset charset = known(declared(new String(bytes, 0, head, StandardCharsets.ISO_8859_1)));
    // A declaration that was read byte by byte is not in the wide encoding that it names.
    return charset == null
            || charset.name().startsWith("UTF-16")
            || charset.name().startsWith("UTF-32")
        ? null
        : charset;
  }

  /**
   * The charset in which text is sent.
   *
   * @throws UnsupportedCharsetException when this JVM does not have the one that is named
   * @throws IllegalCharsetNameException when what is named is no charset
   */
  public static Charset of(String text, MediaType type) {
    String declared =
        type.charset() == null ? declared(OutsideText.withoutByteOrderMark(text)) : null;
    return declared == null ? type.charsetOr(StandardCharsets.UTF_8) : Charset.forName(declared);
  }

  /** What the XML declaration names that the text begins with, null where there is none. */
  private static @Nullable String declared(String text) {
    Matcher declaration =
        DECLARATION.matcher(text).region(0, Math.min(text.length(), DECLARATION_LENGTH));
    return declaration.lookingAt() ? declaration.group(1) : null;
  }

  private static @Nullable Charset known(@Nullable String name) {
    try {
      return name == null ? null : Charset.forName(name);
    } catch (UnsupportedCharsetException | IllegalCharsetNameException unknown) {
      return null;
    }
  }
}
