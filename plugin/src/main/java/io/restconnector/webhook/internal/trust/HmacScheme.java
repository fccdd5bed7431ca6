package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One header with the HMAC of the body, or of a timestamp and the body.
 *
 * @param header in lower case
 * @param prefix of the header's value
 * @param timestampHeader in lower case; null for no timestamp
 * @param beforeTimestamp what is signed before the timestamp
 * @param afterTimestamp what is signed between the timestamp and the body
 */
record HmacScheme(
    String header,
    Hmac hmac,
    String prefix,
    @Nullable String timestampHeader,
    String beforeTimestamp,
    String afterTimestamp)
    implements SignatureScheme {

  static final HmacScheme GITHUB =
      new HmacScheme("x-hub-signature-256", Hmac.SHA256_HEX, "sha256=", null, "", "");
  static final HmacScheme SLACK =
      new HmacScheme(
          "x-slack-signature", Hmac.SHA256_HEX, "v0=", "x-slack-request-timestamp", "v0:", ":");

  @Override
  public @Nullable Claim claim(WebhookRequest request) {
    String value = request.onlyHeader(header);
    if (value == null || !value.startsWith(prefix)) {
      return null;
    }
    List<String> signatures = List.of(value.substring(prefix.length()));
    if (timestampHeader == null) {
      return new Claim("", null, signatures);
    }
    String timestamp = request.onlyHeader(timestampHeader);
    return timestamp == null
        ? null
        : new Claim(beforeTimestamp + timestamp + afterTimestamp, timestamp, signatures);
  }

  @Override
  public byte @Nullable [] key(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
