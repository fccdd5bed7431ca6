package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.fixtures.Patience;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client whose I/O thread has ended all the same is replaced. An interrupt ends one. */
@ExtendWith(Patience.class)
class PooledClientTest {

  private static final String OK = RawServer.response("200 OK", "ok");

  private Set<Thread> before = Set.of();

  @BeforeEach
  void rememberThreads() {
    before = Thread.getAllStackTraces().keySet();
  }

  private Set<Thread> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.getName().startsWith(name))
        .collect(Collectors.toSet());
  }

  /** One that has a selector, unlike the thread that has started the others. */
  private Thread ioThread() {
    return threads("rest-connector-io").stream()
        .filter(
            thread ->
                Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().endsWith("SingleCoreIOReactor")))
        .findFirst()
        .orElseThrow();
  }

  private static CallOutcome call(RestClient client, RawServer server) throws Exception {
    return client.send(get(server.url("/"))).get(20, TimeUnit.SECONDS);
  }

  @Test
  void whenAnIoThreadDiesThenCallsInFlightEndAndTheNextSucceedsAndNoThreadIsLeft()
      throws Exception {
    try (RawServer silent = RawServer.start(peer -> peer.awaitClose());
        RawServer healthy = RawServer.answering(OK)) {
      RestClient client = new RestClient(HttpSettings.defaults());
      try {
        for (int i = 0; i < 3; i++) {
          assertThat(call(client, healthy)).isInstanceOf(CallOutcome.Response.class);
          List<CompletableFuture<CallOutcome>> inFlight = new ArrayList<>();
          for (int n = 0; n < 4; n++) {
            inFlight.add(client.send(get(silent.url("/"))));
          }
          int open = 4;
          await().until(() -> silent.open() == open);
          ioThread().interrupt();

          for (CompletableFuture<CallOutcome> call : inFlight) {
            CallOutcome outcome = call.get(20, TimeUnit.SECONDS);
            assertThat(outcome)
                .isNotInstanceOf(CallOutcome.Response.class)
                .isNotInstanceOf(CallOutcome.TimedOut.class);
          }
          await().until(client::isAlive);
          await().until(() -> silent.open() == 0);
        }
        assertThat(call(client, healthy)).isInstanceOf(CallOutcome.Response.class);
        await().until(() -> threads("rest-connector-io").size() == 3); // two, and one that starts
      } finally {
        client.close();
      }
      await().until(() -> threads("rest-connector").isEmpty());
    }
  }

  @Test
  void whenTheClientCannotBeReplacedYetThenItIsNotAliveUntilItCan() throws Exception {
    AtomicBoolean usable = new AtomicBoolean(true);
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    ConnectExecutor connectors = new ConnectExecutor();
    List<PooledClient> died = new CopyOnWriteArrayList<>();
    PooledClients clients =
        new PooledClients(
            (bundle, told) -> {
              if (!usable.get()) {
                throw new IllegalStateException("not now");
              }
              return new PooledClient(
                  HttpSettings.defaults(),
                  bundle,
                  SystemDefaultDnsResolver.INSTANCE,
                  connectors,
                  () -> null,
                  List.of(),
                  told);
            },
            scheduler,
            died::add);
    try {
      clients.add(PooledClient.OF_THE_JVM);
      PooledClient first = clients.get(PooledClient.OF_THE_JVM);
      await().until(() -> threads("rest-connector-io").size() == 3);
      usable.set(false);
      ioThread().interrupt();
      await().until(() -> !died.isEmpty());
      assertThat(clients.areAlive()).isFalse();
      assertThatThrownBy(() -> clients.get(PooledClient.OF_THE_JVM))
          .isInstanceOf(IllegalStateException.class);

      usable.set(true);
      await().until(clients::areAlive);
      assertThat(clients.get(PooledClient.OF_THE_JVM)).isNotSameAs(first);
      assertThat(died).containsOnly(first);
    } finally {
      clients.close();
      connectors.close();
      scheduler.shutdownNow();
    }
    await().until(() -> threads("rest-connector").isEmpty());
  }

  /** It has died after it was chosen, so that nobody tells the exchange. */
  @Test
  void whenTheClientOfAnExchangeDiesBeforeItStartsThenTheExchangeEndsAtOnce() throws Exception {
    ConnectExecutor connectors = new ConnectExecutor();
    PooledClient client =
        new PooledClient(
            HttpSettings.defaults(),
            PooledClient.OF_THE_JVM,
            SystemDefaultDnsResolver.INSTANCE,
            connectors,
            () -> null,
            List.of(),
            died -> {});
    try (RawServer healthy = RawServer.answering(OK)) {
      await().until(() -> threads("rest-connector-io").size() == 3);
      ioThread().interrupt();
      await().until(client::isDead);
      Exchanges exchanges =
          new Exchanges(bundle -> client, 1_000, new Decoders(), ParsingBudget.ofHeap());
      RestRequest request = get(healthy.url("/"));
      CompletableFuture<CallOutcome> result =
          CallChain.start(
              List.of(exchanges),
              request,
              Identity.anonymous(PooledClient.OF_THE_JVM),
              new CallContext(request, SendPermit.ALWAYS, new Object()));
      assertThat(result)
          .isCompletedWithValueMatching(
              outcome ->
                  outcome instanceof CallOutcome.Failed failed
                      && failed.isOfThisNode()
                      && failed.what().contains("has died"));
    } finally {
      client.close();
      connectors.close();
    }
  }

  /** Throws what no handler may throw. */
  private record Failing() implements IOEventHandler {
    @Override
    public void connected(IOSession session) {
      throw new StackOverflowError();
    }

    @Override
    public void inputReady(IOSession session, ByteBuffer data) {
      throw new StackOverflowError();
    }

    @Override
    public void outputReady(IOSession session) {
      throw new OutOfMemoryError();
    }

    @Override
    public void timeout(IOSession session, Timeout timeout) {
      throw new NoClassDefFoundError();
    }

    @Override
    public void exception(IOSession session, Exception cause) {
      throw new StackOverflowError();
    }

    @Override
    public void disconnected(IOSession session) {
      throw new IllegalStateException();
    }
  }

  @Test
  @SuppressWarnings("NullAway") // nobody looks at the session
  void whenAHandlerThrowsAnErrorThenTheIoThreadMeetsAnExceptionOrNothing() {
    GuardedHandler guarded = new GuardedHandler(new Failing());
    assertThatThrownBy(() -> guarded.connected(null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> guarded.inputReady(null, null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> guarded.outputReady(null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> guarded.timeout(null, Timeout.DISABLED))
        .isInstanceOf(IOException.class);
    guarded.exception(null, new IOException());
    guarded.disconnected(null);
  }
}
