package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignatureScheme.Properties;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the properties of scheme {@code hmac}. */
final class HmacProperties {

  private static final String CONTENT =
      "what is signed, over ${body}, ${timestamp}, ${id}, ${method}, ${url}, ${decodedUrl} and"
          + " ${sortedParams}";

  private HmacProperties() {}

  static HmacForm read(Properties given) {
    String encoding = given.choice("encoding", "hex", Set.of("hex", "base64"));
    String timestampHeader = header(given, "timestampHeader");
    String idHeader = header(given, "idHeader");
    String unit = given.choice("timestampUnit", "s", Set.of("s", "ms"));
    if (timestampHeader == null && given.has("timestampUnit")) {
      throw given.unfit("timestampUnit", "a timestampHeader beside it");
    }
    return new HeaderForm(
        given.header("header"),
        new Hmac(
            given.choice("algorithm", "sha256", Set.copyOf(Hmac.ALGORITHMS)),
            Hmac.Encoding.valueOf(encoding.toUpperCase(Locale.ROOT))),
        given.has("prefix") ? given.string("prefix") : "",
        separator(given),
        encoding.equals("hex"),
        timestampHeader,
        Timestamp.Unit.valueOf(unit.toUpperCase(Locale.ROOT)),
        idHeader,
        content(given, timestampHeader, idHeader));
  }

  private static @Nullable String header(Properties given, String name) {
    return given.has(name) ? given.header(name) : null;
  }

  private static @Nullable String separator(Properties given) {
    if (!given.has("separator")) {
      return null;
    }
    String separator = given.string("separator");
    if (separator.isEmpty()) {
      throw given.unfit("separator", "what stands between two signatures");
    }
    return separator;
  }

  private static SignedContent content(
      Properties given, @Nullable String timestampHeader, @Nullable String idHeader) {
    SignedContent content =
        timestampHeader == null ? SignedContent.BODY : SignedContent.TIMESTAMP_AND_BODY;
    if (given.has("content")) {
      try {
        content = SignedContent.parse(given.text("content", CONTENT));
      } catch (SignedContent.UnknownNameException unknown) {
        throw given.unfit("content", CONTENT);
      }
    }
    if (!content.has("body") && !content.has("sortedParams")) {
      throw given.unfit("content", "a template with ${body} or ${sortedParams}");
    }
    requireBoth(given, "timestampHeader", content, "timestamp", timestampHeader != null);
    requireBoth(given, "idHeader", content, "id", idHeader != null);
    return content;
  }

  /** A header that is not signed says nothing, and a name without a header has no value. */
  private static void requireBoth(
      Properties given, String property, SignedContent content, String name, boolean isGiven) {
    if (content.has(name) != isGiven) {
      throw isGiven
          ? given.unfit(
              "content", "a template with ${%s}, since there is %s".formatted(name, property))
          : given.unfit(property, "the name of an HTTP header, since content has ${" + name + "}");
    }
  }
}
