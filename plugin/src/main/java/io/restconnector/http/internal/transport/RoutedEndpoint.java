package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.egress.EgressGuard;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A place in the pool with the route that it is for, whoever planned that. */
final class RoutedEndpoint extends AsyncConnectionEndpoint {

  private final AsyncConnectionEndpoint endpoint;
  private final HttpRoute route;

  RoutedEndpoint(AsyncConnectionEndpoint endpoint, HttpRoute route) {
    this.endpoint = endpoint;
    this.route = route;
  }

  AsyncConnectionEndpoint endpoint() {
    return endpoint;
  }

  /** As the pool knows it. */
  static AsyncConnectionEndpoint inside(AsyncConnectionEndpoint endpoint) {
    return endpoint instanceof RoutedEndpoint routed ? routed.endpoint : endpoint;
  }

  /** Decides on what the guard does not get to see as a resolver. Blocks for a look-up. */
  void check(EgressGuard guard) throws UnknownHostException {
    HttpHost target = route.getTargetHost();
    HttpHost first = route.getProxyHost() == null ? target : route.getProxyHost();
    if (first.getAddress() != null) { // nothing is looked up for this hop
      guard.checkAddress(first.getHostName(), first.getAddress());
    }
    // The guard lets connections to the proxy pass, which a target of that name must not gain from.
    if (route.getProxyHost() != null || guard.isProxy(target.getHostName())) {
      guard.checkProxied(target.getHostName());
    }
  }

  @Override
  public void execute(
      String id,
      AsyncClientExchangeHandler handler,
      @Nullable HandlerFactory<AsyncPushConsumer> pushHandlers,
      HttpContext context) {
    endpoint.execute(id, handler, pushHandlers, context);
  }

  @Override
  public boolean isConnected() {
    return endpoint.isConnected();
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    endpoint.setSocketTimeout(timeout);
  }

  @Override
  public @Nullable EndpointInfo getInfo() {
    return endpoint.getInfo();
  }

  @Override
  public void close(CloseMode mode) {
    endpoint.close(mode);
  }
}
