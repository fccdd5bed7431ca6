package io.restconnector.http.internal.transport;

import io.restconnector.http.ProxySettings;
import io.restconnector.http.internal.egress.HostPatterns;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Routes through the proxy, but for the hosts that are called directly. */
final class ProxyRoutes extends DefaultRoutePlanner {

  private final ProxySettings settings;
  private final HttpHost proxy;

  ProxyRoutes(ProxySettings settings) {
    super(DefaultSchemePortResolver.INSTANCE);
    this.settings = settings;
    proxy = new HttpHost("http", settings.host(), settings.port());
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    return HostPatterns.match(settings.noProxy(), target.getHostName()) ? null : proxy;
  }
}
