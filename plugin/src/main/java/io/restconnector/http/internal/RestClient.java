package io.restconnector.http.internal;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.auth.Authentications;
import io.restconnector.http.internal.auth.ProxyCredential;
import io.restconnector.http.internal.auth.Secrets;
import io.restconnector.http.internal.auth.ShownCredentials;
import io.restconnector.http.internal.auth.TokenFetches;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.http.internal.resilience.CircuitBreakers;
import io.restconnector.http.internal.resilience.Retries;
import io.restconnector.http.internal.resilience.RetryRules;
import io.restconnector.http.internal.resilience.SharedCalls;
import io.restconnector.http.internal.resilience.Shares;
import io.restconnector.http.internal.transport.ConnectExecutor;
import io.restconnector.http.internal.transport.Exchanges;
import io.restconnector.http.internal.transport.PooledClient;
import io.restconnector.http.internal.transport.PooledClients;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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

  private final AccessSettings access;
  private final Secrets secrets;
  private final Shares shares;
  private final CircuitBreakers breakers;
  private final Authentications authentications;
  private final PooledClients clients;
  private final ScheduledThreadPoolExecutor deadlines;
  private final ConnectExecutor connectExecutor = new ConnectExecutor();
  private final Decoders decoders = new Decoders();
  private final ParsingBudget budget = ParsingBudget.ofHeap();
  private final ShownCredentials shown = new ShownCredentials();
  private final Admission admission;
  private final Exchanges exchanges;
  private final List<CallInterceptor> road;
  private final CallsInFlight calls;
  private final TokenRequests tokenRequests;
  private final Redactions redactions;

  /** Without extensions. */
  public RestClient(HttpSettings settings) {
    this(settings, Extensions.none());
  }

  public RestClient(HttpSettings settings, DnsResolver resolver) {
    this(settings, Extensions.none(), resolver);
  }

  public RestClient(HttpSettings settings, Extensions extensions) {
    this(settings, extensions, SystemDefaultDnsResolver.INSTANCE);
  }

  private RestClient(HttpSettings settings, Extensions extensions, DnsResolver resolver) {
    access = settings.access();
    redactions = new Redactions(access, shown);
    secrets = new Secrets(extensions.secretSources(), access);
    deadlines =
        new ScheduledThreadPoolExecutor(
            1, new DefaultThreadFactory("rest-connector-deadline", true));
    deadlines.setRemoveOnCancelPolicy(true);
    calls = new CallsInFlight(deadlines);
    breakers = new CircuitBreakers(settings.circuitBreaker(), deadlines);
    admission = new Admission(budget, deadlines);
    authentications =
        new Authentications(
            settings,
            extensions.authentications(),
            secrets,
            this::bundle,
            this::sendTokenRequest,
            shown);
    ProxyCredential proxyCredential = new ProxyCredential(access, secrets, shown);
    clients =
        new PooledClients(
            (bundle, died) ->
                new PooledClient(
                    settings,
                    bundle,
                    resolver,
                    connectExecutor,
                    proxyCredential,
                    extensions.customizers(),
                    died),
            deadlines,
            calls::endWith);
    exchanges = new Exchanges(clients::get, settings.maxResponseSize(), decoders, budget);
    shares = new Shares(access.shares(), deadlines);
    road =
        Road.of(
            extensions,
            new Retries(RetryRules.ofThisMachine(), deadlines),
            new SharedCalls(shares, breakers, Clock.systemUTC()),
            breakers,
            authentications,
            exchanges);
    tokenRequests = new TokenRequests(calls, exchanges, admission, decoders, shown);
    proxyCredential.get(); // a secret that is missing fails the start
    clients.add(bundle(null)); // identities share no connections
    for (AuthenticationSettings each : access.authentications().values()) {
      clients.add(bundle(each.sslBundle()));
    }
    // A call that would be the next to end wakes the thread of the deadlines: this is before it.
    deadlines.scheduleWithFixedDelay(clients::closeExpired, 1, 1, TimeUnit.SECONDS);
  }

  private String bundle(@Nullable String own) {
    return PooledClient.bundle(own, access.sslBundle());
  }

  /**
   * Starts the exchange.
   *
   * @return completes normally, at the latest when the timeout of the request has passed.
   *     Cancelling it gives up the exchange and its connection.
   */
  public CompletableFuture<CallOutcome> send(RestRequest request) {
    return send(request, true);
  }

  /** As {@link #send(RestRequest)}, maybe without any redirect. */
  public CompletableFuture<CallOutcome> send(RestRequest request, boolean followsRedirects) {
    return send(
        request, new CallContext(request, SendPermit.ALWAYS, new Object(), followsRedirects));
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
    CallContext call = new CallContext(request, permit, holder);
    return admission.of(call, send(request, call));
  }

  /** As {@link #sendToParse}, for an outcome that was received earlier and then released. */
  public CompletableFuture<CallOutcome> admit(
      RestRequest request, CallOutcome outcome, Object holder) {
    return admission.of(
        new CallContext(request, SendPermit.ALWAYS, holder),
        CompletableFuture.completedFuture(outcome));
  }

  private CompletableFuture<CallOutcome> send(RestRequest request, CallContext call) {
    return calls.start(road, request, Identity.anonymous(bundle(null)), call);
  }

  private CompletableFuture<CallOutcome> sendTokenRequest(
      String authentication, RestRequest request, Credential client) {
    return tokenRequests.send(
        authentication, request, client, authentications.sslBundle(authentication));
  }

  public Redactions redactions() {
    return redactions;
  }

  /** Connections by state, and calls that wait for one. */
  public PoolStats poolStats() {
    return clients.stats();
  }

  /** Connections by state, to origins that the filter takes. */
  public PoolStats poolStats(Predicate<String> origins) {
    return clients.stats(origins);
  }

  public TokenFetches tokenFetches() {
    return authentications.tokenFetches();
  }

  /** Whether the client is closed. Calls then fail for that reason. */
  public boolean isClosed() {
    return deadlines.isShutdown();
  }

  /** Whether calls can be sent. A dead client is soon replaced. */
  public boolean isAlive() {
    return clients.areAlive();
  }

  public ParsingBudget budget() {
    return budget;
  }

  public Shares shares() {
    return shares;
  }

  public CircuitBreakers breakers() {
    return breakers;
  }

  /** Ends all calls in flight and every thread of this client. */
  @Override
  public void close() {
    deadlines.shutdownNow(); // from now on no call gets in flight
    calls.close();
    admission.close();
    clients.close();
    connectExecutor.close();
    decoders.close();
  }
}
