package io.restconnector.content.internal;

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
    HeaderParameters parsed = HeaderParameters.parse(value);
    return new MediaType(
        parsed.value().toLowerCase(Locale.ROOT),
        parsed.byName().get("charset"),
        parsed.byName().get("boundary"));
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
  public Charset charsetOr(Charset defaultValue) {
    return charset == null ? defaultValue : Charset.forName(charset);
  }
}
