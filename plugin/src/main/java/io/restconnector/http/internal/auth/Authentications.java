package io.restconnector.http.internal.auth;

import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Authenticates each call as configured under the name that it gives. */
public final class Authentications implements CallInterceptor {

  private static final List<String> BUILT_IN =
      List.of("basic", "bearer", "api-key", "client-credentials");

  private final Map<String, ConfiguredAuthentication> byName = new HashMap<>();
  private final ShownCredentials shown;
  private final TokenFetches tokenFetches = new TokenFetches();

  /**
   * Configures the authentications of the settings.
   *
   * @param added types of the application
   * @param bundles gives the SSL bundle in use for that of an authentication, which may be null
   * @throws IllegalArgumentException when an authentication is of an unknown type, or names a
   *     secret or an SSL bundle that is not there
   */
  public Authentications(
      HttpSettings http,
      List<CallAuthentication> added,
      Secrets secrets,
      UnaryOperator<@Nullable String> bundles,
      TokenSender sender,
      ShownCredentials shown) {
    this.shown = shown;
    Map<String, CallAuthentication> types = new LinkedHashMap<>();
    for (CallAuthentication each : builtIn(http, sender, tokenFetches)) {
      types.put(each.type(), each);
    }
    for (CallAuthentication each : added) {
      if (types.put(each.type(), each) != null) {
        throw new IllegalArgumentException(
            "two CallAuthentications have the type '%s'".formatted(each.type()));
      }
    }
    checkTypes(http.access().authentications(), types.keySet());
    http.access()
        .authentications()
        .forEach(
            (name, settings) -> {
              if (settings.sslBundle() != null) {
                // Before the first client has threads that a failing start would leave behind.
                http.access()
                    .sslContext("authentications." + name + ".ssl-bundle", settings.sslBundle());
              }
              byName.put(
                  name,
                  new ConfiguredAuthentication(
                      name,
                      settings,
                      settings.type() == null
                          ? null
                          : Objects.requireNonNull(types.get(settings.type()))
                              .configure(configured(name, settings, secrets)),
                      bundles.apply(settings.sslBundle())));
            });
  }

  /** A type that is added to this list is a built-in one. */
  private static List<CallAuthentication> builtIn(
      HttpSettings http, TokenSender sender, TokenFetches fetches) {
    return List.of(
        new BasicAuthentication(),
        new BearerAuthentication(),
        new ApiKeyAuthentication(),
        new ClientCredentialsAuthentication(
            http.defaultTimeout(), sender, fetches, Clock.systemUTC()));
  }

  /**
   * Fails where a type is neither built in nor added. What stands there is not told: it may be a
   * secret in the wrong place.
   */
  public static void checkTypes(
      Map<String, AuthenticationSettings> authentications, Collection<String> added) {
    Set<String> types = new LinkedHashSet<>(BUILT_IN);
    types.addAll(added);
    authentications.forEach(
        (name, settings) -> {
          if (settings.type() != null && !types.contains(settings.type())) {
            throw new IllegalArgumentException(
                "authentications.%s.type is not one of %s"
                    .formatted(name, String.join(", ", types)));
          }
        });
  }

  private record Configured(
      String name, AuthenticationSettings settings, Secrets secrets, String setting)
      implements CallAuthentication.Settings {

    @Override
    public Secret secret() {
      return secrets.get(setting, settings.secret());
    }

    @Override
    public Map<String, String> properties() {
      return settings.properties();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static CallAuthentication.Settings configured(
      String name, AuthenticationSettings settings, Secrets secrets) {
    Configured configured =
        new Configured(name, settings, secrets, "authentications." + name + ".secret");
    if (settings.secret() != null) {
      configured.secret(); // one that is missing fails the start
    }
    return configured;
  }

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    RestRequest request = chain.request();
    if (request.authentication() == null) {
      return chain.proceed(request);
    }
    ConfiguredAuthentication authentication = get(request.authentication());
    if (!request.uri().equals(CallChain.of(chain).context().uri())
        && !authentication.settings().allows(request.uri())) {
      return CompletableFuture.completedFuture(
          new CallOutcome.Failed(
              "was not sent, authentication '%s' may not be sent there"
                  .formatted(authentication.name()),
              new IllegalStateException("not one of the hosts of the authentication"),
              true));
    }
    return authentication.authenticator() == null
        ? CallChain.of(chain).proceed(request, authentication.identity(request, List.of()))
        : new AuthenticatedCall(CallChain.of(chain), authentication, shown).start();
  }

  public TokenFetches tokenFetches() {
    return tokenFetches;
  }

  /** Over which connections the calls of an authentication go. */
  public String sslBundle(String authentication) {
    return get(authentication).sslBundle();
  }

  private ConfiguredAuthentication get(String name) {
    ConfiguredAuthentication found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no authentication has the name that a request gives");
    }
    return found;
  }
}
