package io.restconnector.http.internal;

import io.restconnector.http.internal.chain.GuardedInterceptor;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.HttpClientCustomizer;
import io.restconnector.spi.SecretSource;
import java.util.List;

/**
 * What the application adds to its calls, each kind in its order.
 *
 * @param interceptors of calls and attempts
 * @param customizers of the HTTP client
 * @param authentications beside the built-in types
 * @param secretSources that are asked before {@code rest-connector.secrets}
 */
public record Extensions(
    List<CallInterceptor> interceptors,
    List<HttpClientCustomizer> customizers,
    List<CallAuthentication> authentications,
    List<SecretSource> secretSources) {

  public Extensions {
    interceptors = List.copyOf(interceptors);
    customizers = List.copyOf(customizers);
    authentications = List.copyOf(authentications);
    secretSources = List.copyOf(secretSources);
  }

  /** Nothing is added. */
  public static Extensions none() {
    return new Extensions(List.of(), List.of(), List.of(), List.of());
  }

  /** Those that stand around calls, or around attempts. */
  List<CallInterceptor> interceptors(CallInterceptor.Around around) {
    return interceptors.stream()
        .filter(each -> each.around() == around)
        .<CallInterceptor>map(GuardedInterceptor::new)
        .toList();
  }
}
