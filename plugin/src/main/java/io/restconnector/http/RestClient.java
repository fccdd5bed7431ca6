package io.restconnector.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
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

  private final HttpSettings settings;
  private final CircuitBreakers breakers;
  private final Authentications authentications;
  private final Map<String, PooledClient> clients = new HashMap<>();
  private final ScheduledThreadPoolExecutor deadlines;
  private final Connectors connectors = new Connectors();
  private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
  private final Set<RetriedCall> retried = ConcurrentHashMap.newKeySet();
  private final RetryRules retryRules =
      new RetryRules(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble());

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
    authentications = new Authentications(settings, this::tokenSender, Clock.systemUTC());
    connect(bundle(null), resolver);
    for (AuthenticationSettings each : settings.access().authentications().values()) {
      connect(bundle(each.sslBundle()), resolver);
    }
    deadlines.scheduleWithFixedDelay(
        () -> clients.values().forEach(PooledClient::closeExpired), 30, 30, TimeUnit.SECONDS);
  }

  /** Identities share no connections. */
  private void connect(String bundle, DnsResolver resolver) {
    clients.computeIfAbsent(bundle, name -> new PooledClient(settings, name, resolver, connectors));
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
    if (request.retry().maxAttempts() == 1) {
      return attempt(request);
    }
    RetriedCall call = new RetriedCall(request, retryRules, deadlines, this::attempt);
    retried.add(call);
    call.result.whenComplete((outcome, cancelled) -> retried.remove(call));
    call.start();
    return call.result;
  }

  private CompletableFuture<CallOutcome> attempt(RestRequest request) {
    if (!request.circuitBreaker()) {
      return authenticated(request);
    }
    CircuitBreaker breaker = breakers.of(request.origin());
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.completedFuture(new CallOutcome.CircuitOpen(request.origin()));
    }
    long start = breaker.getCurrentTimestamp();
    CompletableFuture<CallOutcome> result = authenticated(request);
    // The breaker knows of the outcome before the caller does.
    CompletableFuture<CallOutcome> recorded = new CompletableFuture<>();
    result.whenComplete(
        (outcome, cancelled) -> {
          if (cancelled != null
              || outcome instanceof CallOutcome.NotAuthenticated
              || outcome instanceof CallOutcome.Blocked) {
            breaker.releasePermission();
          } else {
            long duration = breaker.getCurrentTimestamp() - start;
            breaker.onResult(duration, breaker.getTimestampUnit(), outcome);
          }
          if (cancelled == null) {
            recorded.complete(outcome);
          }
        });
    recorded.whenComplete((outcome, cancelled) -> result.cancel(false));
    return recorded;
  }

  private CompletableFuture<CallOutcome> authenticated(RestRequest request) {
    if (request.authentication() == null) {
      return exchange(request, new Journey(null, Journey.Redirects.ALL), bundle(null));
    }
    Authentications.Authentication authentication = authentications.get(request.authentication());
    Journey.Redirects redirects =
        authentication.sslBundle() == null ? Journey.Redirects.ALL : Journey.Redirects.SAME_ORIGIN;
    String bundle = bundle(authentication.sslBundle());
    AccessTokens tokens = authentication.tokens();
    if (tokens == null) {
      return exchange(request, new Journey(authentication.credential(), redirects), bundle);
    }
    AuthenticatedCall call =
        new AuthenticatedCall(
            request,
            tokens,
            (sent, token) -> {
              Journey journey = new Journey(token, redirects);
              return new AuthenticatedCall.Attempt(exchange(sent, journey, bundle), journey);
            });
    try {
      endAt(request.timeout(), call::timedOut, call.result);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(Exchange.closed());
    }
    return call.start();
  }

  private AccessTokens.Sender tokenSender(@Nullable String ownBundle) {
    return (request, client) ->
        exchange(request, new Journey(client, Journey.Redirects.NONE), bundle(ownBundle));
  }

  private CompletableFuture<CallOutcome> exchange(
      RestRequest request, Journey journey, String bundle) {
    Exchange exchange =
        new Exchange(
            Objects.requireNonNull(clients.get(bundle)),
            settings.maxResponseSize(),
            request,
            journey,
            System.nanoTime() + request.timeout().toNanos());
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

  /** Connections by state, for tests and operators. */
  PoolStats poolStats() {
    return Objects.requireNonNull(clients.get(bundle(null))).stats();
  }

  /** The states of the circuit breakers by origin, as resilience4j names them. */
  public Map<String, String> circuits() {
    return breakers.states();
  }

  /** From then on, a call that gets no answer fails because of that. */
  public boolean isClosed() {
    return deadlines.isShutdown();
  }

  CircuitBreakers breakers() {
    return breakers;
  }

  /** Gives up what is in flight and ends every thread of this client. */
  @Override
  public void close() {
    deadlines.shutdownNow(); // from now on no call gets in flight
    inFlight.forEach(Exchange::cancelled);
    retried.forEach(RetriedCall::closed);
    clients.values().forEach(PooledClient::close);
    connectors.close();
  }
}
