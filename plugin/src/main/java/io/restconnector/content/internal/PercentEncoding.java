package io.restconnector.content.internal;

import java.io.Serial;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in the characters that a URL may hold (RFC 3986 §2). */
public final class PercentEncoding {

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String URL_CHARACTERS = UNRESERVED + ":/?#@!$&'()*+,;=";

  /** Other hosts in IDNA 2003 than in IDNA 2008 (UTS 46 §7); the large sharp s is as the small. */
  private static final String DEVIATIONS = "\u00df\u1e9e\u03c2\u200c\u200d";

  private static final String HEX = "0123456789ABCDEF";
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)");

  private PercentEncoding() {}

  /** Text cannot stand in a URL; the message says what it is, without the text. */
  public static final class UnencodableException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    UnencodableException(String what) {
      super(what);
    }
  }

  /** Encodes all that has a meaning in a URL: one path segment, one name or value of a query. */
  public static String component(String text) throws UnencodableException {
    return encode(text, UNRESERVED);
  }

  /** As {@link #component}, for several path segments with their slashes. */
  public static String path(String text) throws UnencodableException {
    return encode(text, UNRESERVED + "/");
  }

  private static String encode(String text, String allowed) throws UnencodableException {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    ByteBuffer bytes = utf8(text);
    while (bytes.hasRemaining()) {
      append(encoded, bytes.get(), allowed);
    }
    return encoded.toString();
  }

  /** Encodes what a URL may not hold; what is encoded already stays. */
  public static String url(String url) throws UnencodableException {
    StringBuilder encoded = new StringBuilder(url.length() + 16);
    String rest = url;
    Matcher authority = AUTHORITY.matcher(url);
    if (authority.lookingAt()) {
      encoded.append(url, 0, authority.start(1)).append(toAscii(authority.group(1)));
      rest = url.substring(authority.end());
    }
    ByteBuffer bytes = utf8(rest);
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '%' && isHex(bytes, 0) && isHex(bytes, 1)) {
        encoded.append('%');
      } else {
        append(encoded, next, URL_CHARACTERS);
      }
    }
    return encoded.toString();
  }

  private static ByteBuffer utf8(String text) throws UnencodableException {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException halfACharacter) {
      throw new UnencodableException("a String with an unpaired surrogate, wanted Unicode text");
    }
  }

  private static String toAscii(String authority) throws UnencodableException {
    if (authority.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
      throw new UnencodableException(
          "a String whose host has a letter that two standards of host names read"
              + " differently (one of \u00df, \u03c2 and the joiners), wanted the host as xn--\u2026");
    }
    if (authority.chars().allMatch(c -> c < 0x80)) {
      return authority;
    }
    try {
      String ascii = IDN.toASCII(authority);
      // Compatibility characters may become delimiters, which would move the end of the host.
      return ascii.chars().noneMatch(c -> "/?#@".indexOf(c) >= 0) ? ascii : authority;
    } catch (IllegalArgumentException noHostName) {
      return authority; // refused when the URL is parsed
    }
  }

  private static boolean isHex(ByteBuffer bytes, int ahead) {
    int index = bytes.position() + ahead;
    return index < bytes.limit() && Character.digit(bytes.get(index), 16) >= 0;
  }

  private static void append(StringBuilder encoded, byte next, String allowed) {
    if (next > 0 && allowed.indexOf(next) >= 0) {
      encoded.append((char) next);
    } else {
      encoded.append('%').append(HEX.charAt((next >> 4) & 0xf)).append(HEX.charAt(next & 0xf));
    }
  }
}
