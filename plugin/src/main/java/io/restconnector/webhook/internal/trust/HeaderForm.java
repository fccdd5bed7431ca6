package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A header with one or several HMACs of a content.
 *
 * @param header in lower case
 * @param prefix of each signature
 * @param separator between signatures; null where there is one signature
 * @param anyCase whether a sender may write hexadecimal digits in upper case
 * @param timestampHeader in lower case; null for no timestamp
 * @param idHeader in lower case; null for no id
 */
record HeaderForm(
    String header,
    Hmac hmac,
    String prefix,
    @Nullable String separator,
    boolean anyCase,
    @Nullable String timestampHeader,
    Timestamp.Unit unit,
    @Nullable String idHeader,
    SignedContent content)
    implements HmacForm {

  static final HeaderForm GITHUB = of("x-hub-signature-256", "sha256=", null, SignedContent.BODY);
  static final HeaderForm SLACK =
      of(
          "x-slack-signature",
          "v0=",
          "x-slack-request-timestamp",
          SignedContent.parse("v0:${timestamp}:${body}"));

  /** With one signature in hexadecimal digits of lower case, and seconds. */
  private static HeaderForm of(
      String header, String prefix, @Nullable String timestampHeader, SignedContent content) {
    return new HeaderForm(
        header,
        Hmac.SHA256_HEX,
        prefix,
        null,
        false,
        timestampHeader,
        Timestamp.Unit.S,
        null,
        content);
  }

  @Override
  public Claim claim(SignedRequest request) throws UnfitClaimException {
    List<String> signatures = signatures(HmacForm.header(request, header));
    String id = idHeader == null ? null : HmacForm.header(request, idHeader);
    String timestamp = timestampHeader == null ? null : HmacForm.header(request, timestampHeader);
    return new Claim(
        content.of(request, timestamp, id),
        timestamp == null ? null : Timestamp.parse(timestamp, unit),
        null,
        signatures);
  }

  @Override
  public List<String> headers() {
    return Stream.of(header, timestampHeader, idHeader).filter(Objects::nonNull).toList();
  }

  private List<String> signatures(String value) throws UnfitClaimException {
    List<String> signatures = new ArrayList<>();
    for (String element : elements(value)) {
      if (element.startsWith(prefix)) {
        String signature = element.substring(prefix.length());
        signatures.add(anyCase ? signature.toLowerCase(Locale.ROOT) : signature);
      }
    }
    if (signatures.isEmpty()) {
      throw new UnfitClaimException("header " + header + " has no signature with the prefix");
    }
    return signatures;
  }

  private List<String> elements(String value) {
    List<String> elements = new ArrayList<>();
    int start = 0;
    int end = separator == null ? -1 : value.indexOf(separator);
    while (separator != null && end >= 0) {
      elements.add(value.substring(start, end).strip());
      start = end + separator.length();
      end = value.indexOf(separator, start);
    }
    String last = value.substring(start);
    elements.add(separator == null ? last : last.strip());
    return elements;
  }
}
