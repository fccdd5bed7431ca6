package io.restconnector.http.internal;

import io.restconnector.http.internal.auth.Authentications;
import io.restconnector.http.internal.resilience.CircuitBreakers;
import io.restconnector.http.internal.resilience.Retries;
import io.restconnector.http.internal.resilience.SharedCalls;
import io.restconnector.http.internal.transport.Exchanges;
import io.restconnector.spi.CallInterceptor;
import java.util.ArrayList;
import java.util.List;

/** What a call passes. */
final class Road {

  private Road() {}

  /**
   * The whole road of a call, in its order. Each link knows the next one and nothing else.
   *
   * <ol>
   *   <li>the journal, where there is one
   *   <li>the application's interceptors around calls, meters among them, in their order
   *   <li>retries: all that follows is an attempt
   *   <li>the share of the hosts: each attempt takes a place in it, and waits for one
   *   <li>the circuit breaker of the origin: it counts attempts
   *   <li>the authentication: credentials are made for each attempt, and made again after a 401
   *   <li>the application's interceptors around attempts: they see the headers as they are sent
   *   <li>the exchange, with its redirects
   * </ol>
   *
   * One deadline, that of the {@link io.restconnector.http.internal.chain.CallContext}, holds for
   * all of them.
   */
  static List<CallInterceptor> of(
      Extensions extensions,
      Retries retries,
      SharedCalls shares,
      CircuitBreakers breakers,
      Authentications authentications,
      Exchanges exchanges) {
    List<CallInterceptor> links = new ArrayList<>();
    if (extensions.journal() != null) {
      links.add(extensions.journal());
    }
    links.addAll(extensions.interceptors(CallInterceptor.Around.CALL));
    links.add(retries);
    links.add(shares);
    links.add(breakers);
    links.add(authentications);
    links.addAll(extensions.interceptors(CallInterceptor.Around.ATTEMPT));
    links.add(exchanges);
    return List.copyOf(links);
  }
}
