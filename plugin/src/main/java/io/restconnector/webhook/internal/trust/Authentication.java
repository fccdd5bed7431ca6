package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request of a trigger must carry in a header.
 *
 * @param header in lower case
 * @param scheme before the credentials, empty for none
 * @param username of {@code Basic} credentials, null for others
 * @param secretNames any of these will do
 */
record Authentication(
    String header, String scheme, @Nullable String username, List<String> secretNames) {

  static Authentication basic(String username, List<String> secretNames) {
    return new Authentication("authorization", "basic ", username, secretNames);
  }

  static Authentication bearer(List<String> secretNames) {
    return new Authentication("authorization", "bearer ", null, secretNames);
  }

  static Authentication apiKey(String header, List<String> secretNames) {
    return new Authentication(header.toLowerCase(Locale.ROOT), "", null, secretNames);
  }

  boolean isValid(WebhookRequest request, Secrets secrets) {
    String value = request.onlyHeader(header);
    if (value == null || !value.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return false;
    }
    byte[] given = value.substring(scheme.length()).getBytes(StandardCharsets.ISO_8859_1);
    boolean valid = false;
    for (String name : secretNames) {
      String secret = secrets.find(name);
      if (secret != null && !secret.isEmpty()) {
        valid |= MessageDigest.isEqual(credentials(secret), given);
      }
    }
    return valid;
  }

  boolean hasAllKeys(Secrets secrets) {
    return secretNames.stream()
        .map(secrets::find)
        .allMatch(secret -> secret != null && !secret.isEmpty());
  }

  private byte[] credentials(String secret) {
    byte[] bytes =
        (username == null ? secret : username + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return username == null ? bytes : Base64.getEncoder().encode(bytes);
  }
}
