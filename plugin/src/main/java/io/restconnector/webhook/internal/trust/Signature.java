package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How requests of a trigger are signed.
 *
 * @param secretNames any of these may be the key, so that keys can be changed
 * @param headers that it reads, as far as they are known, in lower case
 */
public record Signature(
    SignatureScheme.Verifier verifier, List<String> secretNames, Set<String> headers) {

  /** Whether the request comes from one who has a secret. Secrets are looked up at each request. */
  public SignatureScheme.Verdict verify(SignedRequest request, SecretSource source) {
    List<Secret> secrets =
        secretNames.stream()
            .map(source::find)
            .filter(Objects::nonNull)
            .filter(verifier::accepts)
            .toList();
    return secrets.isEmpty()
        ? new SignatureScheme.Invalid("no secret of the trigger can be used on this node")
        : verifier.verify(request, secrets);
  }

  boolean hasAllKeys(SecretSource source) {
    return secretNames.stream()
        .map(source::find)
        .allMatch(secret -> secret != null && verifier.accepts(secret));
  }
}
