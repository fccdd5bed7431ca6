package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EndpointSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ShareSettings;
import io.restconnector.model.Validation;
import io.restconnector.spi.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * REST connector for Flowable.
 *
 * @param enabled Whether the process engine gets the REST connector.
 * @param defaultTimeout Timeout of a call that names none, 1 ms to 24 h.
 * @param maxResponseSize Largest response body, counted after decompression.
 * @param maxConnections Connections open at the same time.
 * @param maxConnectionsPerHost Connections open at the same time to one origin.
 * @param connectionTimeToLive How long a connection is used, so that a changed address is met.
 * @param followRedirects Whether up to five redirects are followed.
 * @param redirectDropHeaders Headers that no redirect takes to another origin, besides
 *     Authorization, Cookie, Proxy-Authorization and those of the authentication used. By default
 *     X-Api-Key and X-Auth-Token.
 * @param secrets Secrets by the name that other properties refer to.
 * @param authentications Authentications by the name that the input authentication gives.
 * @param endpoints Services by the name or the id that REST call tasks of Alfresco Process Services
 *     have for them.
 * @param shares What all calls of this node to some hosts may use together, by a name of your
 *     choice.
 * @param sslBundle SSL bundle with the TLS identity and trust of all calls. By default the JVM's.
 * @param proxy HTTP proxy that calls go through.
 * @param circuitBreaker Circuit breakers of the REST connector, one per origin.
 * @param webhooks Webhook endpoint of the REST connector.
 * @param eventNotMatchStatus Status of the answer when no trigger matches, or what matched finds
 *     nothing waiting. Without it, the environment variable EVENT_NOT_MATCH_STATUS.
 * @param worker Calls of external-worker tasks.
 * @param idempotencyKey Whether POST and PATCH requests of jobs have an Idempotency-Key header that
 *     is the same at every retry.
 * @param validation What happens when a new deployment holds a REST task that cannot work: it fails
 *     with every finding, each finding is one WARN, or nothing is checked.
 * @param journal What a node remembers of its last calls and webhook requests.
 * @param operations What people may do with the connector at run time.
 * @param egress Where calls of the REST connector may go.
 * @param retry Retries of REST calls.
 * @param httpTasks Flowable's own http tasks over the REST connector's client.
 * @param console The console, where its jar is on the class path.
 */
@ConfigurationProperties(RestConnectorProperties.PREFIX)
record RestConnectorProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("30s") Duration defaultTimeout,
    @DefaultValue("10MB") DataSize maxResponseSize,
    @DefaultValue("200") int maxConnections,
    @DefaultValue("50") int maxConnectionsPerHost,
    @DefaultValue("5m") Duration connectionTimeToLive,
    @DefaultValue("true") boolean followRedirects,
    @Nullable List<String> redirectDropHeaders,
    @DefaultValue Map<String, String> secrets,
    @DefaultValue Map<String, AuthenticationProperties> authentications,
    @DefaultValue Map<String, EndpointProperties> endpoints,
    @DefaultValue Map<String, ShareProperties> shares,
    @Nullable String sslBundle,
    @NestedConfigurationProperty @Nullable ProxyProperties proxy,
    @NestedConfigurationProperty @DefaultValue CircuitBreakerProperties circuitBreaker,
    @NestedConfigurationProperty @DefaultValue WebhookProperties webhooks,
    @Nullable Integer eventNotMatchStatus,
    @NestedConfigurationProperty @DefaultValue WorkerProperties worker,
    @DefaultValue("true") boolean idempotencyKey,
    @DefaultValue("fail") Validation validation,
    @NestedConfigurationProperty @DefaultValue JournalProperties journal,
    @NestedConfigurationProperty @DefaultValue OperationsProperties operations,
    @NestedConfigurationProperty @DefaultValue EgressProperties egress,
    @NestedConfigurationProperty @DefaultValue RetryProperties retry,
    @NestedConfigurationProperty @DefaultValue HttpTaskProperties httpTasks,
    @NestedConfigurationProperty @DefaultValue ConsoleProperties console) {

  static final String PREFIX = "rest-connector";

  /**
   * What the engine is given.
   *
   * @param statusOfEnvironment for {@code eventNotMatchStatus} where that is not configured
   * @throws InvalidSettingsException that names what is wrong, and holds no value of a property
   */
  RestConnectorSettings toSettings(@Nullable Integer statusOfEnvironment) {
    try {
      HttpSettings http =
          new HttpSettings(
              defaultTimeout,
              maxResponseSize.toBytes(),
              maxConnections,
              maxConnectionsPerHost,
              connectionTimeToLive,
              followRedirects,
              redirectDropHeaders == null
                  ? HttpSettings.defaults().redirectDropHeaders()
                  : redirectDropHeaders,
              circuitBreaker.toSettings(),
              access(),
              egress.toSettings(),
              retry.toSettings());
      return new RestConnectorSettings(
          http,
          webhooks.toSettings(
              eventNotMatchStatus == null ? statusOfEnvironment : eventNotMatchStatus),
          worker.toSettings(),
          idempotencyKey,
          validation,
          httpTasks.toSettings(),
          journal.toSettings(),
          operations.toSettings());
    } catch (InvalidSettingsException named) {
      throw named;
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(PREFIX + "." + wrong.getMessage());
    }
  }

  private AccessSettings access() {
    Map<String, Secret> values = new HashMap<>();
    secrets.forEach((name, value) -> values.put(name, Secret.of(value)));
    Map<String, AuthenticationSettings> named = new HashMap<>();
    authentications.forEach(
        (name, each) -> named.put(name, each.toSettings(PREFIX + ".authentications." + name)));
    Map<String, EndpointSettings> services = new HashMap<>();
    endpoints.forEach(
        (name, each) ->
            services.put(name, each.toSettings("%s.endpoints[%s]".formatted(PREFIX, name))));
    Map<String, ShareSettings> parts = new HashMap<>();
    shares.forEach((name, each) -> parts.put(name, each.toSettings(PREFIX + ".shares." + name)));
    return new AccessSettings(
        values,
        named,
        sslBundle,
        proxy == null ? null : proxy.toSettings(),
        Map.of(),
        services,
        parts);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "properties below " + PREFIX;
  }
}
