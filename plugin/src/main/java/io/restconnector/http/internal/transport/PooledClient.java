package io.restconnector.http.internal.transport;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.OutboundProxy;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.egress.EgressGuard;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.HttpClientCustomizer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one TLS identity, and the client that uses them. */
public final class PooledClient {

  private static final Logger LOG = LoggerFactory.getLogger(PooledClient.class);

  /** In place of the name of an SSL bundle: no bundle. */
  public static final String OF_THE_JVM = "";

  private static final int IO_THREADS = 2;
  private static final int MAX_HEADER_LINE = 32 * 1024;
  private static final int MAX_HEADERS = 200;
  private static final String USER_AGENT = "flowable-rest-connector/" + version();

  private final ThreadFactory threads = new DefaultThreadFactory("rest-connector-io", true);
  private final Consumer<PooledClient> died;
  private final PoolingAsyncClientConnectionManager pool;
  private final CloseableHttpAsyncClient client;
  private volatile boolean closed;
  private volatile boolean dead;
  private final RequestConfigs requestConfigs;

  /**
   * @param connectExecutor starts new connections
   * @param proxyCredential what the proxy is shown now
   * @param customizers of the application
   * @param died is told, on whatever thread, when an I/O thread has ended before its time
   */
  public PooledClient(
      HttpSettings settings,
      String sslBundle,
      DnsResolver resolver,
      ConnectExecutor connectExecutor,
      Supplier<@Nullable Credential> proxyCredential,
      List<HttpClientCustomizer> customizers,
      Consumer<PooledClient> died) {
    this.died = died;
    OutboundProxy proxy = settings.access().proxy();
    EgressGuard guard =
        new EgressGuard(settings.egress(), proxy == null ? Set.of() : proxy.hosts(), resolver);
    HttpClientCustomizer.Builders builders = defaults(proxy, settings);
    customizers.forEach(customizer -> customizer.customize(builders));
    requestConfigs = RequestConfigs.of(builders.request(), settings.followRedirects());
    pool = ConnectionPools.pool(settings, sslBundle, guard, builders);
    HttpAsyncClientBuilder builder =
        builders
            .client()
            .setConnectionManager(new DeadlineConnections(pool, guard, connectExecutor))
            .setConnectionManagerShared(false)
            .setThreadFactory(this::ioThread)
            .setHttp1Config(
                Http1Config.custom()
                    .setMaxLineLength(MAX_HEADER_LINE)
                    .setMaxHeaderCount(MAX_HEADERS)
                    .build())
            .setCharCodingConfig(
                CharCodingConfig.custom()
                    .setCharset(StandardCharsets.ISO_8859_1) // as HeaderText has it
                    .setMalformedInputAction(CodingErrorAction.REPLACE)
                    .setUnmappableInputAction(CodingErrorAction.REPLACE)
                    .build())
            .setIoSessionDecorator(GuardedSession::new) // the default one logs every byte at DEBUG
            .addResponseInterceptorFirst(PooledClient::framed)
            .setIoReactorExceptionCallback(this::unexpected)
            .setRedirectStrategy(new CautiousRedirects(settings.redirectDropHeaders()))
            .disableAutomaticRetries()
            .disableAuthCaching()
            .replaceExecInterceptor(
                ChainElement.CONNECT.name(), ProxyTunnels.exec(USER_AGENT, proxyCredential))
            .addExecInterceptorLast(
                "rest-connector-hop", new CredentialExecInterceptor(proxyCredential));
    client = builder.build();
    client.start();
  }

  /** What a customizer may change. */
  private static HttpClientCustomizer.Builders defaults(
      @Nullable OutboundProxy proxy, HttpSettings settings) {
    HttpAsyncClientBuilder client =
        HttpAsyncClients.custom()
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).build())
            .setUserAgent(USER_AGENT)
            .disableCookieManagement();
    if (proxy != null) {
      client.setRoutePlanner(new ProxyRoutes(proxy));
    }
    return new HttpClientCustomizer.Builders(
        client,
        PoolingAsyncClientConnectionManagerBuilder.create(),
        ConnectionConfig.custom()
            .setSocketTimeout(Timeout.DISABLED)
            .setTimeToLive(TimeValue.of(settings.connectionTimeToLive())),
        RequestConfig.custom());
  }

  private static String version() {
    String version = PooledClient.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** HttpClient does not tell: with an I/O thread less, it still calls itself active. */
  private Thread ioThread(Runnable work) {
    return threads.newThread(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error fatal) {
            LOG.error("An I/O thread of the HTTP client ended by {}", fatal.getClass().getName());
          } finally {
            if (!closed) {
              dead = true;
              died.accept(this);
            }
          }
        });
  }

  private static void framed(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
    Leftovers leftovers = Leftovers.of(context);
    if (leftovers != null) {
      leftovers.framed(entity);
    }
  }

  /** The exchanges learn of it themselves; the client's own callback prints whatever it says. */
  private void unexpected(Exception failure) {
    if (!closed) { // closing at once disturbs the I/O threads at work
      LOG.warn("An I/O thread of the HTTP client met {}", failure.getClass().getName());
    }
  }

  /** Whether calls here may wait for ever for an I/O thread. */
  boolean isDead() {
    return dead;
  }

  /** The outcome of an exchange that a dead client can no longer answer. */
  public static CallOutcome lost() {
    return new CallOutcome.Failed(
        "was given up, as the HTTP client has died",
        new IllegalStateException("the HTTP client has died"),
        true);
  }

  HttpAsyncClient client() {
    return client;
  }

  RequestConfig requestConfig(Duration timeout) {
    return requestConfigs.within(timeout);
  }

  public PoolStats stats() {
    return pool.getTotalStats();
  }

  /** Connections to origins that the filter takes. */
  public PoolStats stats(Predicate<String> origins) {
    int leased = 0;
    int available = 0;
    for (HttpRoute route : pool.getRoutes()) {
      if (origins.test(route.getTargetHost().toURI())) {
        PoolStats stats = pool.getStats(route);
        leased += stats.getLeased();
        available += stats.getAvailable();
      }
    }
    return new PoolStats(leased, 0, available, 0);
  }

  void closeExpired() {
    pool.closeExpired();
  }

  void close() {
    closed = true;
    client.close(CloseMode.IMMEDIATE);
  }

  /** The SSL bundle of an authentication, else that of all calls, else the JVM's own. */
  public static String bundle(@Nullable String own, @Nullable String ofAll) {
    return own != null ? own : ofAll != null ? ofAll : OF_THE_JVM;
  }
}
