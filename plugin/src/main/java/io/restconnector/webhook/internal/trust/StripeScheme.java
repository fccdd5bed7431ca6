package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stripe's header: a timestamp and the signatures of several keys and versions. */
record StripeScheme() implements SignatureScheme {

  private static final Pattern ELEMENTS =
      Pattern.compile("[a-z0-9]+=[0-9a-f]+(?:,[a-z0-9]+=[0-9a-f]+)*+");

  @Override
  public @Nullable Claim claim(WebhookRequest request) {
    String value = request.onlyHeader("stripe-signature");
    if (value == null || !ELEMENTS.matcher(value).matches()) {
      return null;
    }
    String timestamp = null;
    List<String> signatures = new ArrayList<>();
    for (String element : value.split(",", -1)) {
      if (element.startsWith("v1=")) {
        signatures.add(element.substring(3));
      } else if (element.startsWith("t=")) {
        if (timestamp != null) {
          return null;
        }
        timestamp = element.substring(2);
      }
    }
    return timestamp == null ? null : new Claim(timestamp + ".", timestamp, signatures);
  }

  @Override
  public byte @Nullable [] key(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Hmac hmac() {
    return Hmac.SHA256_HEX;
  }
}
