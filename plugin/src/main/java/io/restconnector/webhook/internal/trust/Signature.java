package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How requests of a trigger are signed.
 *
 * @param secretNames any of these may be the key, so that keys can be changed
 */
record Signature(SignatureScheme scheme, List<String> secretNames) {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  /**
   * Whether the request comes from one who has a secret, and came in time.
   *
   * @param body as it came over the wire
   */
  boolean isValid(WebhookRequest request, byte[] body, Secrets secrets, Instant now) {
    SignatureScheme.Claim claim = scheme.claim(request);
    if (claim == null || !isInTime(claim.timestamp(), now)) {
      return false;
    }
    // Headers reach a servlet byte by byte.
    byte[] prefix = claim.signedPrefix().getBytes(StandardCharsets.ISO_8859_1);
    boolean valid = false;
    for (String name : secretNames) {
      byte[] key = key(secrets, name);
      if (key != null) {
        // Compared as text: there is one way to write a signature, so none passes re-encoded.
        byte[] wanted = scheme.hmac().of(key, prefix, body).getBytes(StandardCharsets.US_ASCII);
        for (String signature : claim.signatures()) {
          valid |= MessageDigest.isEqual(wanted, signature.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    }
    return valid;
  }

  boolean hasAllKeys(Secrets secrets) {
    return secretNames.stream().allMatch(name -> key(secrets, name) != null);
  }

  private byte @Nullable [] key(Secrets secrets, String name) {
    String secret = secrets.find(name);
    byte[] key = secret == null ? null : scheme.key(secret);
    return key == null || key.length == 0 ? null : key;
  }

  private static boolean isInTime(@Nullable String timestamp, Instant now) {
    if (timestamp == null) {
      return true;
    }
    if (!SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(signed, now).abs().compareTo(TOLERANCE) <= 0;
  }
}
