package io.restconnector.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests and tells how they ended.
 *
 * <p>Threads: {@link #send} does not block, and the future completes on a thread of this client, on
 * which nothing may block. Safe for use by many threads. {@link #close} ends every thread and
 * connection.
 */
public final class RestClient implements AutoCloseable {

  private static final int IO_THREADS = 2;
  private static final int CONNECTOR_THREADS = 32;
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_HEADER_LINE = 32 * 1024;
  private static final int MAX_HEADERS = 200;

  private final HttpSettings settings;
  private final CircuitBreakers breakers;
  private final PoolingAsyncClientConnectionManager pool;
  private final CloseableHttpAsyncClient client;
  private final ScheduledThreadPoolExecutor deadlines;
  private final ThreadPoolExecutor connectors;
  private final RequestConfig requestConfig;
  private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();

  public RestClient(HttpSettings settings) {
    this(settings, SystemDefaultDnsResolver.INSTANCE);
  }

  RestClient(HttpSettings settings, DnsResolver resolver) {
    this.settings = settings;
    breakers = new CircuitBreakers(settings.circuitBreaker());
    deadlines =
        new ScheduledThreadPoolExecutor(
            1, new DefaultThreadFactory("rest-connector-deadline", true));
    deadlines.setRemoveOnCancelPolicy(true);
    connectors =
        new ThreadPoolExecutor(
            CONNECTOR_THREADS,
            CONNECTOR_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("rest-connector-connect", true));
    connectors.allowCoreThreadTimeOut(true);
    requestConfig =
        RequestConfig.custom()
            .setRedirectsEnabled(settings.followRedirects())
            .setMaxRedirects(MAX_REDIRECTS)
            .setCircularRedirectsAllowed(true) // the count ends a loop
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();
    pool =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
            .setMaxConnTotal(settings.maxConnections())
            .setMaxConnPerRoute(settings.maxConnectionsPerHost())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setSocketTimeout(Timeout.DISABLED).build())
            .setDefaultTlsConfig(
                TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
            .build();
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(new DeadlineConnections(pool, connectors))
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).build())
            .setThreadFactory(new DefaultThreadFactory("rest-connector-io", true))
            .setHttp1Config(
                Http1Config.custom()
                    .setMaxLineLength(MAX_HEADER_LINE)
                    .setMaxHeaderCount(MAX_HEADERS)
                    .build())
            .setCharCodingConfig(
                CharCodingConfig.custom()
                    .setCharset(StandardCharsets.UTF_8)
                    .setMalformedInputAction(CodingErrorAction.REPLACE)
                    .setUnmappableInputAction(CodingErrorAction.REPLACE)
                    .build())
            .setIoSessionDecorator(session -> session) // the default one logs every byte at DEBUG
            .setRedirectStrategy(new CautiousRedirects())
            .setUserAgent("flowable-rest-connector/" + version())
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
    client.start();
    deadlines.scheduleWithFixedDelay(pool::closeExpired, 30, 30, TimeUnit.SECONDS);
  }

  private static String version() {
    String version = RestClient.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /**
   * Starts the exchange.
   *
   * @return completes normally, at the latest when the timeout of the request has passed.
   *     Cancelling it gives up the exchange and its connection.
   */
  public CompletableFuture<CallOutcome> send(RestRequest request) {
    if (!request.circuitBreaker()) {
      return exchange(request);
    }
    CircuitBreaker breaker = breakers.of(request.origin());
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.completedFuture(new CallOutcome.CircuitOpen(request.origin()));
    }
    long start = breaker.getCurrentTimestamp();
    CompletableFuture<CallOutcome> result = exchange(request);
    // The breaker knows of the outcome before the caller does.
    CompletableFuture<CallOutcome> recorded = new CompletableFuture<>();
    result.whenComplete(
        (outcome, cancelled) -> {
          if (cancelled == null) {
            long duration = breaker.getCurrentTimestamp() - start;
            breaker.onResult(duration, breaker.getTimestampUnit(), outcome);
            recorded.complete(outcome);
          } else {
            breaker.releasePermission();
          }
        });
    recorded.whenComplete((outcome, cancelled) -> result.cancel(false));
    return recorded;
  }

  private CompletableFuture<CallOutcome> exchange(RestRequest request) {
    long timeout = request.timeout().toNanos();
    Exchange exchange =
        new Exchange(
            client,
            requestConfig,
            settings.maxResponseSize(),
            request,
            System.nanoTime() + timeout);
    inFlight.add(exchange);
    exchange.result.whenComplete((outcome, cancelled) -> inFlight.remove(exchange));
    try {
      ScheduledFuture<?> deadline =
          deadlines.schedule(exchange::timedOut, timeout, TimeUnit.NANOSECONDS);
      exchange.result.whenComplete((outcome, cancelled) -> deadline.cancel(false));
      exchange.start();
    } catch (RejectedExecutionException closed) {
      exchange.cancelled();
    }
    return exchange.result;
  }

  /** Connections by state, for tests and operators. */
  PoolStats poolStats() {
    return pool.getTotalStats();
  }

  CircuitBreakers breakers() {
    return breakers;
  }

  /** Gives up what is in flight and ends every thread of this client. */
  @Override
  public void close() {
    deadlines.shutdownNow(); // from now on no call gets in flight
    inFlight.forEach(Exchange::cancelled);
    client.close(CloseMode.IMMEDIATE);
    connectors.shutdownNow();
  }
}
