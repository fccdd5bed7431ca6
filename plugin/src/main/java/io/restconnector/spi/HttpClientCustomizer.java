package io.restconnector.spi;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;

/**
 * Sets what the builders of HttpClient 5 offer. The builders hold the connector's defaults, which a
 * customizer may change. Several customizers are called in their order.
 *
 * <p>What the connector promises is set after them and cannot be taken out: the egress guard, the
 * verification of certificates and host names, deadlines, the limit of the response size, the
 * limits of connections, the handling of redirects and credentials, and HTTP/1.1. A route through a
 * proxy that a customizer plans is decided on by the egress guard like any other.
 *
 * <p>A customizer is called once for each TLS identity when the engine starts, and again where a
 * client that has died is replaced. What it throws at the start fails the start.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HttpClientCustomizer {

  /** Changes the builders; keeps none of them. */
  void customize(Builders builders);

  /**
   * The builders of one client.
   *
   * @param client for the client itself: routes, interceptors of HttpClient, user agent
   * @param connections for its pool
   * @param connection defaults of each connection
   * @param request defaults of each request
   */
  record Builders(
      HttpAsyncClientBuilder client,
      PoolingAsyncClientConnectionManagerBuilder connections,
      ConnectionConfig.Builder connection,
      RequestConfig.Builder request) {}
}
