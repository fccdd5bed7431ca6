package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.chain.Credential;
import java.io.IOException;
import java.util.function.Supplier;
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
final class CredentialExecInterceptor implements AsyncExecChainHandler {

  private final Supplier<@Nullable Credential> proxyCredential;

  /**
   * @param proxyCredential what the proxy is shown now, by a request that is not tunnelled through
   *     it
   */
  CredentialExecInterceptor(Supplier<@Nullable Credential> proxyCredential) {
    this.proxyCredential = proxyCredential;
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
    if (scope.route.getProxyHost() != null && !scope.route.isTunnelled()) {
      Credential proxy = proxyCredential.get();
      if (proxy != null) {
        proxy.addTo(request);
      }
    }
    HopState.of(scope.clientContext).arrive(request, scope.route);
    HeaderText.toWire(request);
    chain.proceed(request, entity, scope, callback);
  }
}
