package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a request of a trigger must carry in a header. */
public sealed interface Authentication permits BasicCredentials, BearerToken, ApiKey {

  /** How a channel's property becomes an authentication of one kind. */
  interface Reader {
    Authentication read(ChannelProperties given) throws InvalidTriggerException;
  }

  /** The values of {@code authentication.type}. */
  static Map<String, Reader> kinds() {
    return Map.of(
        "basic", BasicCredentials::read,
        "bearer", BearerToken::read,
        "api-key", ApiKey::read);
  }

  /** Any of these will do. */
  List<String> secretNames();

  /** The name of the header in lower case. */
  String header();

  /** What precedes the credentials, in lower case; empty for nothing. */
  String scheme();

  /** What the sender sends in place of the secret itself. */
  byte[] credentials(String secret);

  /** Whether the request has one of the secrets. Secrets are looked up at each request. */
  default SignatureScheme.Verdict verify(SignedRequest request, SecretSource source) {
    String value = request.header(header());
    if (value == null) {
      return new SignatureScheme.Invalid(request.whyNo(header()));
    }
    String scheme = scheme();
    if (!value.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return new SignatureScheme.Invalid(
          "header %s holds no %scredentials".formatted(header(), scheme));
    }
    byte[] given = value.substring(scheme.length()).getBytes(StandardCharsets.ISO_8859_1);
    List<Secret> secrets = usable(source);
    boolean valid = false;
    for (Secret secret : secrets) {
      valid |= MessageDigest.isEqual(credentials(secret.reveal()), given);
    }
    return valid
        ? new SignatureScheme.Valid(null)
        : new SignatureScheme.Invalid(
            secrets.isEmpty()
                ? "no secret of the trigger can be used on this node"
                : "no secret matches");
  }

  default boolean hasAllKeys(SecretSource source) {
    return usable(source).size() == secretNames().size();
  }

  private List<Secret> usable(SecretSource source) {
    return secretNames().stream()
        .map(source::find)
        .filter(Objects::nonNull)
        .filter(Secret::isUsable)
        .toList();
  }
}
