package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.request.WebhookRequest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The symmetric signatures of Standard Webhooks 1.0.0: a header with the signatures of several keys
 * and versions, of which {@code v1} is the HMAC.
 */
record StandardWebhooksScheme() implements SignatureScheme {

  static final String ID = "webhook-id";

  /** Without the dot, which ends the id in what is signed. */
  private static final Pattern IDS = Pattern.compile("[!-~&&[^.]]+");

  private static final Pattern SIGNATURES =
      Pattern.compile("v[0-9a-z]+,[0-9A-Za-z+/=_-]+(?: v[0-9a-z]+,[0-9A-Za-z+/=_-]+)*+");
  private static final String VERSION = "v1,";
  private static final String SECRET_PREFIX = "whsec_";

  @Override
  public @Nullable Claim claim(WebhookRequest request) {
    String id = request.onlyHeader(ID);
    String timestamp = request.onlyHeader("webhook-timestamp");
    String signatures = request.onlyHeader("webhook-signature");
    if (id == null
        || timestamp == null
        || signatures == null
        || !IDS.matcher(id).matches()
        || !SIGNATURES.matcher(signatures).matches()) {
      return null;
    }
    List<String> ofVersion =
        Stream.of(signatures.split(" ", -1))
            .filter(signature -> signature.startsWith(VERSION))
            .map(signature -> signature.substring(VERSION.length()))
            .toList();
    return new Claim(id + "." + timestamp + ".", timestamp, ofVersion);
  }

  @Override
  public byte @Nullable [] key(String secret) {
    String encoded =
        secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }

  @Override
  public Hmac hmac() {
    return Hmac.SHA256_BASE64;
  }
}
