package io.restconnector.spring;

import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.Secret;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.worker.WorkerSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Binds {@code rest-connector.*} to the settings, which know no Spring. Their component names are
 * the property names, and what is not configured is null there.
 */
final class SettingsBinder {

  private static final String PREFIX = "rest-connector";

  private SettingsBinder() {}

  static RestConnectorSettings bind(Environment environment) {
    ApplicationConversionService conversion = new ApplicationConversionService();
    // Every long of the settings is a size in bytes.
    conversion.addConverter(String.class, Long.class, size -> DataSize.parse(size).toBytes());
    // YAML reads a secret of digits as a number.
    conversion.addConverter(Object.class, Secret.class, value -> Secret.of(value.toString()));
    Binder binder =
        new Binder(
            ConfigurationPropertySources.get(environment),
            new PropertySourcesPlaceholdersResolver(environment),
            conversion);
    WebhookSettings webhooks = binder.bindOrCreate(PREFIX + ".webhooks", WebhookSettings.class);
    Integer notMatchStatus =
        binder
            .bind(PREFIX + ".event-not-match-status", Integer.class)
            .orElseGet(() -> environment.getProperty("EVENT_NOT_MATCH_STATUS", Integer.class));
    return new RestConnectorSettings(
        binder
            .bindOrCreate(PREFIX, HttpSettings.class)
            .withAccess(binder.bindOrCreate(PREFIX, AccessSettings.class)),
        notMatchStatus == null ? webhooks : webhooks.withEventNotMatchStatus(notMatchStatus),
        binder.bindOrCreate(PREFIX + ".worker", WorkerSettings.class),
        binder.bind(PREFIX + ".idempotency-key", Boolean.class).orElse(true));
  }

  /** The settings with the SSL bundles that they name. */
  static RestConnectorSettings withBundles(RestConnectorSettings settings, SslBundles bundles) {
    AccessSettings access = settings.http().access();
    Map<String, SSLContext> contexts = new HashMap<>();
    Stream.concat(
            Stream.of(Optional.ofNullable(access.sslBundle())),
            access.authentications().values().stream()
                .map(each -> Optional.ofNullable(each.sslBundle())))
        .flatMap(Optional::stream)
        .distinct()
        .forEach(name -> contexts.put(name, context(name, bundles.getBundle(name))));
    return settings.withHttp(settings.http().withAccess(access.withSslContexts(contexts)));
  }

  private static SSLContext context(String name, SslBundle bundle) {
    if (bundle.getOptions().isSpecified()) {
      // An SSLContext cannot hold them: without a word, weaker ciphers would be in use.
      throw new IllegalStateException(
          "SSL bundle '%s' has options, wanted none: the REST connector uses the ciphers and protocols of the JVM"
              .formatted(name));
    }
    return bundle.createSslContext();
  }
}
