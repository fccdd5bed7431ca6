package io.restconnector.spring;

import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundles;

/** The SSL bundles that settings name. */
final class NamedBundles {

  private NamedBundles() {}

  static RestConnectorSettings resolve(RestConnectorSettings settings, SslBundles bundles) {
    AccessSettings access = settings.http().access();
    Map<String, SSLContext> contexts = new HashMap<>();
    if (access.sslBundle() != null) {
      String setting = RestConnectorProperties.PREFIX + ".ssl-bundle";
      contexts.put(access.sslBundle(), BundleContext.of(bundles, setting, access.sslBundle()));
    }
    access
        .authentications()
        .forEach(
            (authentication, each) -> {
              if (each.sslBundle() != null) {
                String setting =
                    RestConnectorProperties.PREFIX
                        + ".authentications."
                        + authentication
                        + ".ssl-bundle";
                contexts.computeIfAbsent(
                    each.sslBundle(), name -> BundleContext.of(bundles, setting, name));
              }
            });
    return settings.withHttp(settings.http().withAccess(access.withSslContexts(contexts)));
  }
}
