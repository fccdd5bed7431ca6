package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.fixtures.Patience;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One client for each SSL bundle; see {@link PooledClientTest} for one that has died. */
@ExtendWith(Patience.class)
class PooledClientsTest {

  private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
  private final ConnectExecutor connectors = new ConnectExecutor();
  private final Decoders decoders = new Decoders();
  private final List<String> created = new ArrayList<>();
  private final PooledClients clients =
      new PooledClients(
          (bundle, told) -> {
            created.add(bundle);
            return new PooledClient(
                HttpSettings.defaults().withMaxConnections(7, 7),
                PooledClient.OF_THE_JVM,
                SystemDefaultDnsResolver.INSTANCE,
                connectors,
                () -> null,
                List.of(),
                told);
          },
          scheduler,
          died -> {});

  @AfterEach
  void close() {
    clients.close();
    connectors.close();
    decoders.close();
    scheduler.shutdownNow();
  }

  private void call(RawServer server, String bundle) throws Exception {
    RestRequest request = get(server.url("/"));
    CallOutcome outcome =
        CallChain.start(
                List.of(new Exchanges(clients::get, 1_000, decoders, ParsingBudget.ofHeap())),
                request,
                Identity.anonymous(bundle),
                new CallContext(request, SendPermit.ALWAYS, new Object()))
            .get(30, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(CallOutcome.Response.class);
  }

  @Test
  void whenABundleIsAddedAgainThenItsClientStays() {
    clients.add("a");
    PooledClient first = clients.get("a");
    clients.add("b");
    clients.add("a");

    assertThat(created).containsExactly("a", "b");
    assertThat(clients.get("a")).isSameAs(first).isNotSameAs(clients.get("b"));
    assertThat(clients.areAlive()).isTrue();
    assertThatNullPointerException().isThrownBy(() -> clients.get("c"));
  }

  @Test
  void whenThereAreSeveralClientsThenTheirConnectionsAreCountedTogether() throws Exception {
    String ok = RawServer.response("200 OK", "");
    try (RawServer one = RawServer.answering(ok);
        RawServer other = RawServer.answering(ok)) {
      clients.add("a");
      clients.add("b");
      call(one, "a");
      call(one, "b");
      call(other, "b");

      assertThat(clients.stats().getMax()).isEqualTo(14);
      assertThat(clients.stats().getPending()).isZero();
      await().until(() -> clients.stats().getAvailable() == 3 && clients.stats().getLeased() == 0);
      assertThat(clients.stats(origin -> origin.endsWith(":" + one.port())).getAvailable())
          .isEqualTo(2);
      assertThat(clients.stats(origin -> false).getAvailable()).isZero();
    }
  }
}
