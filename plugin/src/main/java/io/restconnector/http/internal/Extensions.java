package io.restconnector.http.internal;

import io.restconnector.http.internal.chain.GuardedInterceptor;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.HttpClientCustomizer;
import io.restconnector.spi.SecretSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the application adds to its calls, each kind in its order.
 *
 * @param interceptors of calls and attempts
 * @param customizers of the HTTP client
 * @param authentications beside the built-in types
 * @param secretSources that are asked before {@code rest-connector.secrets}
 * @param journal of calls, null for none
 */
public record Extensions(
    List<CallInterceptor> interceptors,
    List<HttpClientCustomizer> customizers,
    List<CallAuthentication> authentications,
    List<SecretSource> secretSources,
    @Nullable CallInterceptor journal) {

  public Extensions {
    interceptors = List.copyOf(interceptors);
    customizers = List.copyOf(customizers);
    authentications = List.copyOf(authentications);
    secretSources = List.copyOf(secretSources);
  }

  /** Without a journal. */
  public Extensions(
      List<CallInterceptor> interceptors,
      List<HttpClientCustomizer> customizers,
      List<CallAuthentication> authentications,
      List<SecretSource> secretSources) {
    this(interceptors, customizers, authentications, secretSources, null);
  }

  /** The same with the journal, which stands around all interceptors. */
  public Extensions withJournal(@Nullable CallInterceptor value) {
    return new Extensions(interceptors, customizers, authentications, secretSources, value);
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
