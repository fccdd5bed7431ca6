package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.request.WebhookRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a sender puts the signature of a request, and what it signs. */
interface SignatureScheme {

  /** What the headers claim; null where they are not exactly what the scheme wants. */
  @Nullable Claim claim(WebhookRequest request);

  /** The key that a configured secret stands for; null where it stands for none. */
  byte @Nullable [] key(String secret);

  Hmac hmac();

  /**
   * A signature that is yet to be checked.
   *
   * @param signedPrefix what is signed before the body
   * @param timestamp in seconds; null where the scheme has none
   * @param signatures as the scheme encodes them; one good one is enough
   */
  record Claim(String signedPrefix, @Nullable String timestamp, List<String> signatures) {}
}
