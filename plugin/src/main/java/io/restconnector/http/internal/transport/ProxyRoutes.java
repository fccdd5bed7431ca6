package io.restconnector.http.internal.transport;

import io.restconnector.http.OutboundProxy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Routes through the proxies, except to the hosts that are called directly. */
final class ProxyRoutes extends DefaultRoutePlanner {

  private final OutboundProxy settings;

  ProxyRoutes(OutboundProxy settings) {
    super(DefaultSchemePortResolver.INSTANCE);
    this.settings = settings;
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    return settings.proxyOf(target.getSchemeName(), target.getHostName());
  }
}
