package io.restconnector.content;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type (RFC 9110 §8.3.1), read leniently: what is no media type is of no known kind.
 *
 * @param name type and subtype in lower case, empty where there is none
 * @param charset as it is named, null where it is not
 * @param boundary of a multipart type, null where there is none
 */
public record MediaType(String name, @Nullable String charset, @Nullable String boundary) {

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

  /** Reads the value of a Content-Type header; null stands for a missing one. */
  public static MediaType parse(@Nullable String value) {
    if (value == null) {
      return new MediaType("", null, null);
    }
    String charset = null;
    String boundary = null;
    Matcher parameter = PARAMETER.matcher(value);
    while (parameter.find()) {
      String quoted = parameter.group(2);
      String text = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
        case "charset" -> charset = text;
        case "boundary" -> boundary = text;
        default -> {}
      }
    }
    int end = value.indexOf(';');
    String name = end < 0 ? value : value.substring(0, end);
    return new MediaType(name.trim().toLowerCase(Locale.ROOT), charset, boundary);
  }

  public boolean isJson() {
    return name.equals("application/json") || name.endsWith("+json");
  }

  public boolean isText() {
    return name.startsWith("text/") || name.equals("application/xml") || name.endsWith("+xml");
  }

  public boolean isForm() {
    return name.equals("application/x-www-form-urlencoded");
  }

  public boolean isMultipart() {
    return name.equals("multipart/form-data");
  }

  /**
   * The charset that is named, or the given one where none is.
   *
   * @throws UnsupportedCharsetException when this JVM does not have it
   * @throws IllegalCharsetNameException when it is no charset name
   */
  public Charset charsetOr(Charset other) {
    return charset == null ? other : Charset.forName(charset);
  }
}
