package io.restconnector.http.internal.auth;

import io.restconnector.http.AccessSettings;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets as they are now: those of the application's sources, then those of the settings.
 *
 * @param sources are asked in their order
 */
public record Secrets(List<SecretSource> sources, AccessSettings access) {

  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  /** The secret of a name, null where nobody has one. */
  public @Nullable Secret find(String name) {
    for (SecretSource source : sources) {
      Secret secret = find(source, name);
      if (secret != null) {
        return secret;
      }
    }
    return access.secrets().get(name);
  }

  /** A source that fails has no secret; its exception may quote one. */
  private static @Nullable Secret find(SecretSource source, String name) {
    try {
      return source.find(name);
    } catch (RuntimeException | Error failed) {
      LOG.warn(
          "A SecretSource ({}) failed with {}",
          source.getClass().getName(),
          failed.getClass().getName());
      return null;
    }
  }

  /**
   * The secret that a setting names.
   *
   * @param setting for the message; the name is not repeated there, as it may be a secret that
   *     somebody wrote in the wrong place
   * @throws IllegalArgumentException where there is none that can be used
   */
  public Secret get(String setting, @Nullable String name) {
    Secret secret = name == null ? null : find(name);
    if (secret == null) {
      throw new IllegalArgumentException(
          "%s is not the name of a secret under rest-connector.secrets".formatted(setting));
    }
    if (!secret.isUsable()) {
      throw new IllegalArgumentException(
          "%s names a secret that is empty or holds a control character".formatted(setting));
    }
    return secret;
  }
}
