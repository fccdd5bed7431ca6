package io.restconnector.webhook;

import org.jspecify.annotations.Nullable;

/** What a trigger demands of its senders, and how it knows a delivery again; null for nothing. */
record Trust(
    @Nullable Signature signature,
    @Nullable Authentication authentication,
    @Nullable RateLimit rateLimit,
    @Nullable Deduplication deduplication) {

  /** Whether every secret that is named can be used. */
  boolean hasAllKeys(Secrets secrets) {
    return (signature == null || signature.hasAllKeys(secrets))
        && (authentication == null || authentication.hasAllKeys(secrets));
  }
}
