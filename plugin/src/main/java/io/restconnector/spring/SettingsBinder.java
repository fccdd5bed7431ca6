package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.worker.WorkerSettings;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Binds {@code rest-connector.*} to the settings, which know no Spring. Their component names are
 * the property names, and what is not configured is null there.
 */
final class SettingsBinder {

  static final String PREFIX = "rest-connector";

  private static final String NOT_MATCH_STATUS = "EVENT_NOT_MATCH_STATUS";

  private SettingsBinder() {}

  /**
   * The settings.
   *
   * @throws InvalidSettingsException that names what is wrong and holds no value of any property,
   *     nor a cause that does
   */
  static RestConnectorSettings bind(Environment environment) {
    UnknownProperties.check(environment);
    try {
      return read(environment);
    } catch (BindException wrong) {
      throw new InvalidSettingsException(BindFailure.describe(wrong));
    } catch (IllegalArgumentException ofTheSettings) {
      throw new InvalidSettingsException(ofTheSettings.getMessage());
    }
  }

  private static RestConnectorSettings read(Environment environment) {
    ApplicationConversionService conversion = new ApplicationConversionService();
    // Every long of the settings is a size in bytes.
    conversion.addConverter(String.class, Long.class, size -> DataSize.parse(size).toBytes());
    Binder binder =
        new Binder(
            ConfigurationPropertySources.get(environment),
            new PropertySourcesPlaceholdersResolver(environment),
            conversion);
    WebhookSettings webhooks = binder.bindOrCreate(PREFIX + ".webhooks", WebhookSettings.class);
    Integer notMatchStatus =
        binder
            .bind(PREFIX + ".event-not-match-status", Integer.class)
            .orElseGet(() -> statusOf(environment));
    return new RestConnectorSettings(
        binder.bindOrCreate(PREFIX, HttpSettings.class).withAccess(access(binder)),
        notMatchStatus == null ? webhooks : webhooks.withEventNotMatchStatus(notMatchStatus),
        binder.bindOrCreate(PREFIX + ".worker", WorkerSettings.class),
        binder.bind(PREFIX + ".idempotency-key", Boolean.class).orElse(true));
  }

  private static @Nullable Integer statusOf(Environment environment) {
    try {
      return environment.getProperty(NOT_MATCH_STATUS, Integer.class);
    } catch (RuntimeException quotesTheValue) {
      throw new InvalidSettingsException(NOT_MATCH_STATUS + " is no status, wanted 200 to 599");
    }
  }

  /** Piece by piece: only a map of Strings takes names with dots, as those of secrets may have. */
  private static AccessSettings access(Binder binder) {
    Map<String, Secret> secrets = new HashMap<>();
    binder
        .bind(PREFIX + ".secrets", Bindable.mapOf(String.class, String.class))
        .ifBound(values -> values.forEach((name, value) -> secrets.put(name, Secret.of(value))));
    AccessSettings access =
        AccessSettings.defaults()
            .withSecrets(secrets)
            .withAuthentications(
                binder
                    .bind(
                        PREFIX + ".authentications",
                        Bindable.mapOf(String.class, AuthenticationSettings.class))
                    .orElse(Map.of()));
    String sslBundle = binder.bind(PREFIX + ".ssl-bundle", String.class).orElse(null);
    access = sslBundle == null ? access : access.withSslBundle(sslBundle);
    ProxySettings proxy = binder.bind(PREFIX + ".proxy", ProxySettings.class).orElse(null);
    return proxy == null ? access : access.withProxy(proxy);
  }

  /**
   * Whether a switch is on, as it is where nothing is configured.
   *
   * @throws InvalidSettingsException as {@link #bind}
   */
  static boolean isOn(Environment environment, String name) {
    try {
      return Binder.get(environment).bind(name, Boolean.class).orElse(true);
    } catch (BindException wrong) {
      throw new InvalidSettingsException(BindFailure.describe(wrong));
    }
  }

  /** The settings with the SSL bundles that they name. */
  static RestConnectorSettings withBundles(RestConnectorSettings settings, SslBundles bundles) {
    AccessSettings access = settings.http().access();
    Map<String, SSLContext> contexts = new HashMap<>();
    if (access.sslBundle() != null) {
      String setting = PREFIX + ".ssl-bundle";
      contexts.put(access.sslBundle(), BundleContext.of(bundles, setting, access.sslBundle()));
    }
    access
        .authentications()
        .forEach(
            (authentication, each) -> {
              if (each.sslBundle() != null) {
                String setting = PREFIX + ".authentications." + authentication + ".ssl-bundle";
                contexts.computeIfAbsent(
                    each.sslBundle(), name -> BundleContext.of(bundles, setting, name));
              }
            });
    return settings.withHttp(settings.http().withAccess(access.withSslContexts(contexts)));
  }
}
