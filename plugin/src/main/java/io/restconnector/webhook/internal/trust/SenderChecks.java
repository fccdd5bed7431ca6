package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SecretSource;
import org.jspecify.annotations.Nullable;

/** What a trigger demands of its senders, and how it knows a delivery again; null for nothing. */
public record SenderChecks(
    @Nullable Signature signature,
    @Nullable Authentication authentication,
    @Nullable RateLimit rateLimit,
    @Nullable Deduplication deduplication) {

  /** Whether every secret that is named can be used. */
  public boolean hasAllKeys(SecretSource secrets) {
    return (signature == null || signature.hasAllKeys(secrets))
        && (authentication == null || authentication.hasAllKeys(secrets));
  }

  public boolean takesBasicCredentials() {
    return authentication instanceof BasicCredentials;
  }
}
