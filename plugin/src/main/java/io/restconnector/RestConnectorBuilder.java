package io.restconnector;

import io.restconnector.http.internal.Extensions;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.HttpClientCustomizer;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.WebhookListener;
import io.restconnector.webhook.internal.WebhookExtensions;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a {@link RestConnectorConfigurator} with what an application adds to the connector.
 * Several of a kind take their place in the order in which they are added. In Spring Boot, beans of
 * these types do the same.
 *
 * @since 0.1
 */
public final class RestConnectorBuilder {

  private RestConnectorSettings settings = RestConnectorSettings.defaults();
  private final List<CallInterceptor> interceptors = new ArrayList<>();
  private final List<HttpClientCustomizer> customizers = new ArrayList<>();
  private final List<CallAuthentication> authentications = new ArrayList<>();
  private final List<SecretSource> secretSources = new ArrayList<>();

  private final List<SignatureScheme> signatureSchemes = new ArrayList<>();
  private final List<WebhookListener> webhookListeners = new ArrayList<>();

  RestConnectorBuilder() {}

  /** The settings, in place of the default ones. */
  public RestConnectorBuilder settings(RestConnectorSettings value) {
    settings = value;
    return this;
  }

  /** Adds one that stands around calls or attempts; the first one added is the outermost. */
  public RestConnectorBuilder interceptor(CallInterceptor interceptor) {
    interceptors.add(interceptor);
    return this;
  }

  /** Adds one that sets what HttpClient's builders offer. */
  public RestConnectorBuilder httpClient(HttpClientCustomizer customizer) {
    customizers.add(customizer);
    return this;
  }

  /** Adds a type of authentication. */
  public RestConnectorBuilder authentication(CallAuthentication authentication) {
    authentications.add(authentication);
    return this;
  }

  /** Adds one that is asked for secrets before the settings are. */
  public RestConnectorBuilder secretSource(SecretSource source) {
    secretSources.add(source);
    return this;
  }

  /** Adds a scheme that channels may name; no other scheme may have its name. */
  public RestConnectorBuilder signatureScheme(SignatureScheme scheme) {
    signatureSchemes.add(scheme);
    return this;
  }

  /** Adds a listener for the outcome of each webhook request. */
  public RestConnectorBuilder webhookListener(WebhookListener listener) {
    webhookListeners.add(listener);
    return this;
  }

  /** A configurator for one engine. */
  public RestConnectorConfigurator build() {
    return new RestConnectorConfigurator(
        settings,
        new Extensions(interceptors, customizers, authentications, secretSources),
        new WebhookExtensions(signatureSchemes, webhookListeners, null));
  }
}
