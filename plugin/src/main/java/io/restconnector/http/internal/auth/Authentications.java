package io.restconnector.http.internal.auth;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The named authentications, with the secrets that their settings name. */
public final class Authentications {

  /**
   * One of them.
   *
   * @param credential what is sent where it is always the same
   * @param tokens where it is fetched
   * @param sslBundle of its own, or null
   */
  public record Authentication(
      @Nullable Credential credential, @Nullable AccessTokens tokens, @Nullable String sslBundle) {}

  /** Sends a token request over the connections of an SSL bundle. */
  @FunctionalInterface
  public interface TokenSender {
    AccessTokens.Sender over(@Nullable String sslBundle);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Authentications.class);

  private final Map<String, Authentication> byName = new HashMap<>();

  /**
   * Reads the configured authentications.
   *
   * @throws IllegalArgumentException when an authentication names a secret or an SSL bundle that is
   *     not there
   */
  public Authentications(HttpSettings http, TokenSender sender, Clock clock) {
    AccessSettings access = http.access();
    access
        .authentications()
        .forEach(
            (name, settings) ->
                byName.put(name, authentication(http, name, settings, sender, clock)));
  }

  private static Authentication authentication(
      HttpSettings http,
      String name,
      AuthenticationSettings settings,
      TokenSender sender,
      Clock clock) {
    String bundle = settings.sslBundle();
    if (bundle != null) {
      // Before the first client has threads that a failing start would leave behind.
      http.access().sslContext("authentications." + name + ".ssl-bundle", bundle);
    }
    if (settings.type() == null) {
      return new Authentication(null, null, bundle);
    }
    Secret secret = http.access().secret("authentications." + name + ".secret", settings.secret());
    return switch (settings.type()) {
      case BASIC ->
          new Authentication(
              Credential.basic(
                  "Authorization", Objects.requireNonNull(settings.username()), secret),
              null,
              bundle);
      case BEARER -> new Authentication(Credential.bearer(secret), null, bundle);
      case API_KEY -> {
        String header = settings.header();
        Credential key =
            header == null
                ? new Credential(Objects.requireNonNull(settings.queryParameter()), secret, true)
                : new Credential(header, secret, false);
        yield new Authentication(key, null, bundle);
      }
      case CLIENT_CREDENTIALS -> {
        warnOfClearText(name, settings);
        yield new Authentication(
            null,
            new AccessTokens(
                name, settings, secret, http.defaultTimeout(), sender.over(bundle), clock),
            bundle);
      }
    };
  }

  private static void warnOfClearText(String name, AuthenticationSettings settings) {
    URI endpoint = Objects.requireNonNull(settings.tokenEndpoint());
    if (!"https".equalsIgnoreCase(endpoint.getScheme())) {
      LOG.warn(
          "The token-endpoint of authentication '{}' is not https: client id and secret are sent in clear text",
          name);
    }
  }

  /** What servers were shown, by whatever call. */
  public List<Credential> shown() {
    List<Credential> shown = new ArrayList<>();
    for (Authentication each : byName.values()) {
      if (each.credential() != null) {
        shown.add(each.credential());
      }
      if (each.tokens() != null) {
        shown.addAll(each.tokens().shown());
      }
    }
    return shown;
  }

  public Authentication get(String name) {
    Authentication found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no authentication has the name that a request gives");
    }
    return found;
  }
}
