package io.restconnector.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and tells how they ended.
 *
 * <p>Threads: {@link #send} does not block, and the future completes on a thread of this client, on
 * which nothing may block. Safe for use by many threads. {@link #close} ends every thread and
 * connection.
 */
public final class RestClient implements AutoCloseable {

  private static final int IO_THREADS = 2;
  private static final int CONNECTOR_THREADS = 4;
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

  public RestClient(HttpSettings settings) {
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
    result.whenComplete(
        (outcome, cancelled) -> {
          if (cancelled == null) {
            long duration = breaker.getCurrentTimestamp() - start;
            breaker.onResult(duration, breaker.getTimestampUnit(), outcome);
          } else {
            breaker.releasePermission();
          }
        });
    return result;
  }

  private CompletableFuture<CallOutcome> exchange(RestRequest request) {
    long timeout = request.timeout().toNanos();
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(DeadlineConnections.DEADLINE, System.nanoTime() + timeout);
    context.setRequestConfig(
        RequestConfig.copy(requestConfig)
            .setConnectionRequestTimeout(Timeout.of(timeout, TimeUnit.NANOSECONDS))
            .build());
    Exchange exchange = new Exchange(request, context);
    ScheduledFuture<?> deadline =
        deadlines.schedule(
            () -> exchange.result.complete(new CallOutcome.TimedOut(request.timeout())),
            timeout,
            TimeUnit.NANOSECONDS);
    exchange.result.whenComplete((outcome, cancelled) -> deadline.cancel(false));
    exchange.start();
    return exchange.result;
  }

  /** One exchange; its connection is given up as soon as the result is there without it. */
  private final class Exchange implements FutureCallback<CallOutcome.Response> {

    final CompletableFuture<CallOutcome> result = new CompletableFuture<>();
    private final RestRequest request;
    private final HttpClientContext context;
    private boolean resent;

    Exchange(RestRequest request, HttpClientContext context) {
      this.request = request;
      this.context = context;
    }

    void start() {
      Future<CallOutcome.Response> sent =
          client.execute(
              new BasicRequestProducer(head(), entity()),
              new BoundedResponseConsumer(settings.maxResponseSize()),
              context,
              this);
      result.whenComplete((outcome, cancelled) -> sent.cancel(true));
    }

    private BasicHttpRequest head() {
      BasicHttpRequest head = new BasicHttpRequest(request.method(), request.uri());
      request.headers().forEach(head::addHeader);
      if (!head.containsHeader(HttpHeaders.ACCEPT_ENCODING)) {
        head.addHeader(HttpHeaders.ACCEPT_ENCODING, ContentDecoder.ACCEPTED);
      }
      return head;
    }

    private @Nullable AsyncEntityProducer entity() {
      byte[] body = request.body();
      return body == null ? null : new BasicAsyncEntityProducer(body, null);
    }

    @Override
    public void completed(CallOutcome.Response response) {
      result.complete(response);
    }

    @Override
    public void failed(Exception cause) {
      // The server closed a kept-alive connection before a byte was sent: this is no retry.
      if (cause instanceof RequestNotExecutedException && !resent && !result.isDone()) {
        resent = true;
        start();
        return;
      }
      result.complete(Failures.classify(cause, request, settings.maxResponseSize()));
    }

    @Override
    public void cancelled() {
      result.complete(
          new CallOutcome.Failed(new IllegalStateException("the REST connector was closed")));
    }
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
    client.close(CloseMode.IMMEDIATE);
    deadlines.shutdownNow();
    connectors.shutdownNow();
  }
}
