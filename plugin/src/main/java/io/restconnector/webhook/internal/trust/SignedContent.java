package io.restconnector.webhook.internal.trust;

import io.restconnector.content.internal.MediaType;
import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.RequestBody;
import io.restconnector.webhook.internal.trust.HmacForm.UnfitClaimException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template of what a sender signs.
 *
 * @param parts texts and names of {@link #NAMES} in turn, a text first
 */
record SignedContent(List<String> parts) {

  private static final Set<String> NAMES =
      Set.of("body", "timestamp", "id", "method", "url", "decodedUrl", "sortedParams");

  /** What HubSpot decodes: <code>: / ? @ ! $ ' ( ) * , ;</code>. */
  private static final Pattern DECODED =
      Pattern.compile("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", Pattern.CASE_INSENSITIVE);

  private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([^&]*)");

  private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)(?:}|$)");

  static final SignedContent BODY = parse("${body}");
  static final SignedContent TIMESTAMP_AND_BODY = parse("${timestamp}.${body}");

  /** A template has a name that stands for nothing. */
  static final class UnknownNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads a template.
   *
   * @throws UnknownNameException where it has another name, or <code>${</code> without its end
   */
  static SignedContent parse(String template) {
    List<String> parts = new ArrayList<>();
    Matcher name = NAME.matcher(template);
    int end = 0;
    while (name.find()) {
      if (!NAMES.contains(name.group(1)) || !name.group().endsWith("}")) {
        throw new UnknownNameException();
      }
      parts.add(template.substring(end, name.start()));
      parts.add(name.group(1));
      end = name.end();
    }
    parts.add(template.substring(end));
    return new SignedContent(List.copyOf(parts));
  }

  boolean has(String name) {
    for (int i = 1; i < parts.size(); i += 2) {
      if (parts.get(i).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The bytes that the sender of a request has signed, in pieces. */
  List<byte[]> of(SignedRequest request, @Nullable String timestamp, @Nullable String id)
      throws UnfitClaimException {
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (i % 2 == 0) {
        pieces.add(part.getBytes(StandardCharsets.UTF_8));
        continue;
      }
      pieces.add(
          switch (part) {
            case "body" -> request.body();
            case "timestamp" -> HmacForm.bytes(Objects.requireNonNull(timestamp));
            case "id" -> HmacForm.bytes(Objects.requireNonNull(id));
            case "method" -> HmacForm.bytes(request.method());
            case "url" -> HmacForm.bytes(request.url());
            case "decodedUrl" -> HmacForm.bytes(decodedUrl(request.url()));
            default -> sortedParams(request).getBytes(StandardCharsets.UTF_8);
          });
    }
    return pieces;
  }

  /** As HubSpot signs a URL: some of its escapes are decoded, once. */
  private static String decodedUrl(String url) {
    return DECODED
        .matcher(url)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    Character.toString(HexFormat.fromHexDigits(escape.group(1)))));
  }

  /** As Twilio signs a form: each name with each of its values once. */
  private static String sortedParams(SignedRequest request) throws UnfitClaimException {
    List<String> types = request.headers().getOrDefault("content-type", List.of());
    MediaType type = MediaType.parse(types.isEmpty() ? null : types.get(0));
    if (request.body().length == 0) {
      return "";
    }
    if (!type.isForm()) {
      requireHashInUrl(request);
      return "";
    }
    StringBuilder sorted = new StringBuilder();
    try {
      new TreeMap<>(RequestBody.parse(request.body(), type).fields())
          .forEach(
              (name, value) ->
                  new TreeSet<>(value instanceof List<?> list ? list : List.of(value))
                      .forEach(each -> sorted.append(name).append(each)));
    } catch (RefusedException malformed) {
      throw new UnfitClaimException("the form is malformed");
    }
    return sorted.toString();
  }

  /** As Twilio signs a body that is no form: by its hash in the URL. */
  private static void requireHashInUrl(SignedRequest request) throws UnfitClaimException {
    Matcher hash = BODY_HASH.matcher(request.url());
    if (!hash.find() || hash.find()) {
      throw new UnfitClaimException("the body is no form, and the URL has no single bodySHA256");
    }
    hash.find(0);
    byte[] wanted = hex(request.body()).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(wanted, HmacForm.bytes(hash.group(1).toLowerCase(Locale.ROOT)))) {
      throw new UnfitClaimException("bodySHA256 of the URL is not that of the body");
    }
  }

  private static String hex(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
    }
  }
}
