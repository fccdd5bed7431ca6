package io.restconnector.http.internal;

import io.restconnector.content.ParsingBudget;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.auth.AccessTokens;
import io.restconnector.http.internal.auth.AuthenticatedCall;
import io.restconnector.http.internal.auth.Authentications;
import io.restconnector.http.internal.auth.Credential;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.body.Reception;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.GuardedInterceptor;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.http.internal.resilience.CircuitBreakers;
import io.restconnector.http.internal.resilience.RetriedCall;
import io.restconnector.http.internal.resilience.RetryRules;
import io.restconnector.http.internal.transport.Connectors;
import io.restconnector.http.internal.transport.Exchange;
import io.restconnector.http.internal.transport.Journey;
import io.restconnector.http.internal.transport.PooledClient;
import io.restconnector.http.internal.transport.PooledClients;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.pool.PoolStats;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and tells how they ended.
 *
 * <p>Threads: {@link #send} does not block, and the future completes on a thread of this client, on
 * which nothing may block. Safe for use by many threads. {@link #close} ends every thread and
 * connection.
 */
public final class RestClient implements AutoCloseable {

  private static final int SMALL_ANSWER = 64 * 1024;

  private final HttpSettings settings;
  private final List<CallInterceptor> road;
  private final CircuitBreakers breakers;
  private final Authentications authentications;
  private final PooledClients clients;
  private final ScheduledThreadPoolExecutor deadlines;
  private final Connectors connectors = new Connectors();
  private final Decoders decoders = new Decoders();
  private final ParsingBudget budget = ParsingBudget.ofHeap();
  private final Admission admission;
  private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
  private final Set<RetriedCall> retried = ConcurrentHashMap.newKeySet();
  private final RetryRules retryRules = RetryRules.ofThisMachine();

  /** With nothing of the application's. */
  public RestClient(HttpSettings settings) {
    this(settings, Extensions.none());
  }

  public RestClient(HttpSettings settings, Extensions extensions) {
    this(settings, extensions, SystemDefaultDnsResolver.INSTANCE);
  }

  public RestClient(HttpSettings settings, DnsResolver resolver) {
    this(settings, Extensions.none(), resolver);
  }

  private RestClient(HttpSettings settings, Extensions extensions, DnsResolver resolver) {
    this.settings = settings;
    road = road(extensions);
    breakers = new CircuitBreakers(settings.circuitBreaker());
    DefaultThreadFactory threads = new DefaultThreadFactory("rest-connector-deadline", true);
    deadlines = new ScheduledThreadPoolExecutor(1, threads);
    deadlines.setRemoveOnCancelPolicy(true);
    admission = new Admission(budget, deadlines);
    authentications = new Authentications(settings, this::tokenSender, Clock.systemUTC());
    clients =
        new PooledClients(
            (bundle, died) -> new PooledClient(settings, bundle, resolver, connectors, died),
            deadlines,
            dead -> inFlight.forEach(exchange -> exchange.endWith(dead)));
    clients.add(bundle(null)); // identities share no connections
    for (AuthenticationSettings each : settings.access().authentications().values()) {
      clients.add(bundle(each.sslBundle()));
    }
    deadlines.scheduleWithFixedDelay(clients::closeExpired, 30, 30, TimeUnit.SECONDS);
  }

  /** The SSL bundle of an authentication, else that of all calls, else the JVM's own. */
  private String bundle(@Nullable String own) {
    String all = settings.access().sslBundle();
    return own != null ? own : all != null ? all : PooledClient.OF_THE_JVM;
  }

  /**
   * Starts the exchange.
   *
   * @return completes normally, at the latest when the timeout of the request has passed.
   *     Cancelling it gives up the exchange and its connection.
   */
  public CompletableFuture<CallOutcome> send(RestRequest request) {
    return send(request, SendPermit.ALWAYS, new Object());
  }

  /**
   * As {@link #send(RestRequest)}; besides, the outcome comes only when its body may be parsed, and
   * waits for that within the timeout. It counts as held until {@link CallOutcome#release} is
   * called.
   *
   * @param permit that the call has acquired, and that the caller releases at the end. While the
   *     call waits for its next attempt it holds none.
   * @param holder of what is parsed, such as a thread for its transaction
   */
  public CompletableFuture<CallOutcome> sendToParse(
      RestRequest request, SendPermit permit, Object holder) {
    return admission.of(request, holder, System.nanoTime(), send(request, permit, holder));
  }

  private List<CallInterceptor> road(Extensions extensions) {
    List<CallInterceptor> links = new ArrayList<>();
    for (CallInterceptor each : extensions.interceptors()) {
      if (each.around() == CallInterceptor.Around.CALL) {
        links.add(new GuardedInterceptor(each));
      }
    }
    links.add(this::retried);
    return links;
  }

  private CompletableFuture<CallOutcome> send(
      RestRequest request, SendPermit permit, Object holder) {
    CallContext context = new CallContext(request, permit, holder);
    CompletableFuture<CallOutcome> result = new CompletableFuture<>();
    context.endAtDeadline(result, context::timedOut);
    CompletableFuture<CallOutcome> sent = CallChain.start(road, request, context);
    sent.thenAccept(result::complete);
    result.whenComplete((outcome, cancelled) -> sent.cancel(false));
    try {
      endAt(request.timeout(), context::expire, result);
    } catch (RejectedExecutionException closed) {
      result.complete(Exchange.closed());
    }
    return result;
  }

  private CompletableFuture<CallOutcome> retried(CallInterceptor.Chain chain) {
    RestRequest request = chain.request();
    SendPermit permit = CallContext.of(chain).permit();
    Object holder = CallContext.of(chain).holder();
    if (request.retry().maxAttempts() == 1) {
      return attempt(request, permit, holder);
    }
    RetriedCall call =
        new RetriedCall(
            request, retryRules, deadlines, permit, next -> attempt(next, permit, holder));
    retried.add(call);
    call.result.whenComplete((outcome, cancelled) -> retried.remove(call));
    call.start();
    return call.result;
  }

  private CompletableFuture<CallOutcome> attempt(
      RestRequest request, SendPermit permit, Object holder) {
    if (!request.circuitBreaker()) {
      return authenticated(request, permit, holder);
    }
    return breakers.guard(request.origin(), () -> authenticated(request, permit, holder));
  }

  private CompletableFuture<CallOutcome> authenticated(
      RestRequest request, SendPermit permit, Object holder) {
    if (request.authentication() == null) {
      Journey journey = new Journey(null, Journey.Redirects.ALL, permit);
      return exchange(request, journey, bundle(null), holder);
    }
    Authentications.Authentication authentication = authentications.get(request.authentication());
    Journey.Redirects redirects =
        authentication.sslBundle() == null ? Journey.Redirects.ALL : Journey.Redirects.SAME_ORIGIN;
    String bundle = bundle(authentication.sslBundle());
    AccessTokens tokens = authentication.tokens();
    if (tokens == null) {
      Journey journey = new Journey(authentication.credential(), redirects, permit);
      return exchange(request, journey, bundle, holder);
    }
    AuthenticatedCall call =
        new AuthenticatedCall(
            request,
            tokens,
            (sent, token) -> {
              Journey journey = new Journey(token, redirects, permit);
              return new AuthenticatedCall.Attempt(
                  exchange(sent, journey, bundle, holder), journey);
            });
    try {
      endAt(request.timeout(), call::timedOut, call.result);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(Exchange.closed());
    }
    return call.start();
  }

  private AccessTokens.Sender tokenSender(@Nullable String ownBundle) {
    return (request, client) -> {
      Object holder = new Object();
      Journey journey = new Journey(client, Journey.Redirects.NONE, SendPermit.ALWAYS);
      long start = System.nanoTime();
      return exchange(request, journey, bundle(ownBundle), holder)
          .thenCompose(
              outcome ->
                  isSmall(outcome)
                      ? CompletableFuture.completedFuture(outcome)
                      : admission.of(
                          request, holder, start, CompletableFuture.completedFuture(outcome)))
          .thenApplyAsync(outcome -> outcome, decoders::execute);
    };
  }

  /**
   * An answer that each of the few threads which parse it one at a time may parse at once. Those
   * who wait for the token may hold all the memory that there is to parse in.
   */
  private static boolean isSmall(CallOutcome outcome) {
    return outcome instanceof CallOutcome.Response response && response.length() <= SMALL_ANSWER;
  }

  private CompletableFuture<CallOutcome> exchange(
      RestRequest request, Journey journey, String bundle, Object holder) {
    Exchange exchange =
        new Exchange(
            clients.get(bundle),
            request,
            journey,
            System.nanoTime() + request.timeout().toNanos(),
            new Reception(request, settings.maxResponseSize(), decoders, budget, holder));
    inFlight.add(exchange);
    exchange.result.whenComplete((outcome, cancelled) -> inFlight.remove(exchange));
    try {
      endAt(request.timeout(), exchange::timedOut, exchange.result);
      exchange.start();
    } catch (RejectedExecutionException closed) {
      exchange.cancelled();
    }
    return exchange.result;
  }

  private void endAt(Duration timeout, Runnable end, CompletableFuture<CallOutcome> result) {
    ScheduledFuture<?> deadline = deadlines.schedule(end, timeout.toNanos(), TimeUnit.NANOSECONDS);
    result.whenComplete((outcome, cancelled) -> deadline.cancel(false));
  }

  /** For text of a server that answered the request. */
  public Redaction redaction(RestRequest request) {
    AccessSettings access = settings.access();
    Redaction redaction = new Redaction().addRequest(request);
    access.secrets().values().forEach(secret -> redaction.add(secret.reveal()));
    authentications.shown().forEach(each -> redaction.addHeaderValue(each.value().reveal()));
    Credential proxy = access.proxy() == null ? null : access.proxy().credential(access);
    return proxy == null ? redaction : redaction.addHeaderValue(proxy.value().reveal());
  }

  /** Connections by state, for tests and operators. */
  public PoolStats poolStats() {
    return clients.get(bundle(null)).stats();
  }

  /** The states of the circuit breakers by origin, as resilience4j names them. */
  public Map<String, String> circuits() {
    return breakers.states();
  }

  /** From then on, a call that gets no answer fails because of that. */
  public boolean isClosed() {
    return deadlines.isShutdown();
  }

  /** Whether calls can be sent; a client that has died is replaced within a moment. */
  public boolean isAlive() {
    return clients.areAlive();
  }

  public ParsingBudget budget() {
    return budget;
  }

  public CircuitBreakers breakers() {
    return breakers;
  }

  /** Gives up what is in flight and ends every thread of this client. */
  @Override
  public void close() {
    deadlines.shutdownNow(); // from now on no call gets in flight
    inFlight.forEach(Exchange::cancelled);
    retried.forEach(RetriedCall::closed);
    admission.close();
    clients.close();
    connectors.close();
    decoders.close();
  }
}
