package io.restconnector.http.internal.transport;

import io.restconnector.http.HttpSettings;
import io.restconnector.spi.HttpClientCustomizer;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.ssl.SSLContexts;

/** The pool of a client's connections. */
final class ConnectionPools {

  private ConnectionPools() {}

  static PoolingAsyncClientConnectionManager pool(
      HttpSettings settings,
      String sslBundle,
      DnsResolver resolver,
      HttpClientCustomizer.Builders builders) {
    SSLContext context =
        sslBundle.equals(PooledClient.OF_THE_JVM)
            ? SSLContexts.createDefault()
            : settings.access().sslContext("ssl-bundle", sslBundle);
    return builders
        .connections()
        .setDnsResolver(resolver)
        .setTlsStrategy(new VerifiedTls(context))
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
        .setMaxConnTotal(settings.maxConnections())
        .setMaxConnPerRoute(settings.maxConnectionsPerHost())
        .setDefaultConnectionConfig(builders.connection().build())
        .setDefaultTlsConfig(
            TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
        .build();
  }
}
