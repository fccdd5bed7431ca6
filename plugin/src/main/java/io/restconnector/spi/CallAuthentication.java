package io.restconnector.spi;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A way in which calls prove who makes them. A configured authentication names it by its {@code
 * type}: {@code rest-connector.authentications.<name>.type}. The built-in types are made of the
 * same interface.
 *
 * @since 0.1
 */
public interface CallAuthentication {

  /** The {@code type} in the configuration, such as {@code aws-sigv4}; lower case with hyphens. */
  String type();

  /**
   * Reads one configured authentication, once when the engine starts.
   *
   * @throws IllegalArgumentException where the settings are wrong, which fails the start; the
   *     message names the setting and not its value
   */
  Authenticator configure(Settings settings);

  /** One authentication as it is configured. */
  interface Settings {

    /** Its name, which tasks give. */
    String name();

    /**
     * The secret that {@code secret} names, as it is now. Asked for at each use, so that a secret
     * that has changed counts.
     *
     * @throws IllegalArgumentException where there is none at present, which ends the call without
     *     sending it
     */
    Secret secret();

    /** What stands under {@code properties}. */
    Map<String, String> properties();

    /**
     * A property that must be there.
     *
     * @throws IllegalArgumentException where it is absent; the message names it
     */
    default String property(String name) {
      String value = properties().get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "authentications.%s.properties.%s is missing".formatted(name(), name));
      }
      return value;
    }
  }

  /**
   * Gives the credentials of requests.
   *
   * <p>Threads: any, several at once; must not block. What it throws ends the call without sending
   * it.
   */
  @FunctionalInterface
  interface Authenticator {

    /**
     * The credentials of one attempt.
     *
     * @param request as it is to be sent, with its body; one without an explicit {@code Host}
     * @param deadline of the call, by which the result is needed
     */
    CompletableFuture<Result> authenticate(RestRequest request, Deadline deadline);

    /**
     * The server answered 401 to these credentials.
     *
     * @return whether to send the request once more, with the credentials that {@link
     *     #authenticate} gives then
     */
    default boolean refused(Credentials credentials) {
      return false;
    }
  }

  /** Credentials, or why there are none. */
  sealed interface Result {}

  /**
   * What is added to a request, in place of what has these names. It goes to the origin of the
   * request only, never over a redirect to another one.
   *
   * @param headers by name
   * @param queryParameters by name, before percent-encoding
   */
  record Credentials(Map<String, Secret> headers, Map<String, Secret> queryParameters)
      implements Result {

    public Credentials {
      headers = Map.copyOf(headers);
      queryParameters = Map.copyOf(queryParameters);
    }

    /** Headers only. */
    public static Credentials headers(Map<String, Secret> headers) {
      return new Credentials(headers, Map.of());
    }

    /** The header {@code Authorization}. */
    public static Credentials authorization(String value) {
      return headers(Map.of("Authorization", Secret.of(value)));
    }
  }

  /**
   * There are none now; the request is not sent.
   *
   * @param outcome of the call
   */
  record Unavailable(CallOutcome outcome) implements Result {}
}
