package io.restconnector.content;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A media type (RFC 9110 §8.3.1), read leniently: what is no media type is of no known kind.
 *
 * @param name type and subtype in lower case, empty where there is none
 * @param charset as it is named, null where it is not
 * @param boundary of a multipart type, null where there is none
 */
public record MediaType(String name, @Nullable String charset, @Nullable String boundary) {

  /** Registered under application, and text all the same. */
  private static final Set<String> TEXT =
      Set.of(
          "application/x-ndjson",
          "application/jsonl",
          "application/json-seq",
          "application/yaml",
          "application/x-yaml",
          "application/javascript",
          "application/sql",
          "application/graphql",
          "application/jwt",
          "application/x-pem-file",
          "application/pem-certificate-chain",
          "application/edifact",
          "application/edi-x12",
          "application/toml",
          "application/csv");

  /** Reads the value of a Content-Type header; null stands for a missing one. */
  public static MediaType parse(@Nullable String value) {
    if (value == null) {
      return new MediaType("", null, null);
    }
    // By hand: a regular expression for quoted text recurses, and the text comes from outside.
    int end = endOf(value, 0);
    String name = value.substring(0, end).trim().toLowerCase(Locale.ROOT);
    String charset = null;
    String boundary = null;
    while (end < value.length()) {
      int start = end + 1;
      end = endOf(value, start);
      int equals = value.indexOf('=', start);
      if (equals >= 0 && equals < end) {
        String text = unquote(value.substring(equals + 1, end).trim());
        switch (value.substring(start, equals).trim().toLowerCase(Locale.ROOT)) {
          case "charset" -> charset = text;
          case "boundary" -> boundary = text;
          default -> {}
        }
      }
    }
    return new MediaType(name, charset, boundary);
  }

  /** The index of the next semicolon outside quotes, or the length. */
  private static int endOf(String value, int start) {
    boolean quoted = false;
    for (int i = start; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == ';') {
        return i;
      }
    }
    return value.length();
  }

  private static String unquote(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\' && i < text.length() - 2) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }

  /** Whether a body of this type is JSON. */
  public boolean isJson() {
    return name.equals("application/json")
        || name.equals("text/json")
        || name.endsWith("+json")
        || name.startsWith("application/x-amz-json-");
  }

  /** Whether a body of this type is text, and no JSON. */
  public boolean isText() {
    return !isJson()
        && (name.startsWith("text/")
            || TEXT.contains(name)
            || name.endsWith("+yaml")
            || name.endsWith("+jwt")
            || isXml());
  }

  /** Whether a body of this type may declare its encoding itself (RFC 7303). */
  boolean isXml() {
    return name.equals("application/xml") || name.equals("text/xml") || name.endsWith("+xml");
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
