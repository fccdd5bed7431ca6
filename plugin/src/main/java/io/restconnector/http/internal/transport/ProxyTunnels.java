package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.chain.Credential;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.DefaultAuthenticationStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.AsyncConnectExec;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.jspecify.annotations.Nullable;

/** How the client asks a proxy for a tunnel. */
final class ProxyTunnels {

  private ProxyTunnels() {}

  /**
   * Shows the proxy its credential in the first CONNECT. The client's own one waits until it is
   * asked; for that the client would have to handle authentication, that of targets too.
   */
  static AsyncConnectExec exec(String userAgent, Supplier<@Nullable Credential> proxyCredential) {
    HttpProcessor connect =
        HttpProcessorBuilder.create()
            .addAll(
                new RequestTargetHost(),
                new RequestUserAgent(userAgent),
                (request, entity, context) -> {
                  Credential credential = proxyCredential.get();
                  if (credential != null) {
                    request.setHeader(credential.header());
                  }
                })
            .build();
    return new AsyncConnectExec(
        connect, DefaultAuthenticationStrategy.INSTANCE, DefaultSchemePortResolver.INSTANCE, true);
  }
}
