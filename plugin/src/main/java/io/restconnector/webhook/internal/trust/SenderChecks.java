package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SecretSource;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a trigger demands of its senders, and how it knows a delivery again; null for nothing. */
public record SenderChecks(
    @Nullable Signature signature,
    @Nullable Authentication authentication,
    @Nullable RateLimit rateLimit,
    @Nullable Deduplication deduplication) {

  /** The property that names a secret which cannot be used, null for none. */
  public @Nullable String propertyWithoutKey(SecretSource secrets) {
    if (signature != null && !signature.hasAllKeys(secrets)) {
      return "signature.secret";
    }
    return authentication == null || authentication.hasAllKeys(secrets)
        ? null
        : "authentication.secret";
  }

  /** The names of headers by which a sender proves who it is, in lower case, as far as known. */
  public Set<String> headers() {
    Set<String> names = new TreeSet<>();
    if (signature != null) {
      names.addAll(signature.headers());
    }
    if (authentication != null) {
      names.add(authentication.header());
    }
    return names;
  }

  public boolean takesBasicCredentials() {
    return authentication instanceof BasicCredentials;
  }
}
