package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.auth.Credential;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request of an exchange, redirects too, the credentials of its next hop. Stands last in
 * the client's chain, where the connection is known.
 */
final class HopExec implements AsyncExecChainHandler {

  private final @Nullable Credential proxy;

  /**
   * @param proxy what the proxy is shown by a request that is not tunnelled through it
   */
  HopExec(@Nullable Credential proxy) {
    this.proxy = proxy;
  }

  @Override
  public void execute(
      HttpRequest request,
      @Nullable AsyncEntityProducer entity,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    request.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
    if (proxy != null && scope.route.getProxyHost() != null && !scope.route.isTunnelled()) {
      proxy.addTo(request);
    }
    Journey.of(scope.clientContext).arrive(request, scope.route);
    chain.proceed(request, entity, scope, callback);
  }
}
