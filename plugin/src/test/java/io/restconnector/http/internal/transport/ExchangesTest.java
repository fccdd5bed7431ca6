package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which client a request is sent, and when it is not. */
class ExchangesTest {

  private static final Credential KEY = new Credential("X-Key", Secret.of("geheim"), false);

  private final ConnectExecutor connectors = new ConnectExecutor();
  private final Decoders decoders = new Decoders();
  private final List<String> bundles = new ArrayList<>();
  private RawServer server;
  private PooledClient client;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.answering(RawServer.response("200 OK", ""));
    client =
        new PooledClient(
            HttpSettings.defaults(),
            PooledClient.OF_THE_JVM,
            SystemDefaultDnsResolver.INSTANCE,
            connectors,
            () -> null,
            List.of(),
            died -> {});
  }

  @AfterEach
  void close() {
    client.close();
    connectors.close();
    decoders.close();
    server.close();
  }

  private CallOutcome send(RestRequest request, Identity identity) throws Exception {
    Exchanges exchanges =
        new Exchanges(
            bundle -> {
              bundles.add(bundle);
              return client;
            },
            1_000,
            decoders,
            ParsingBudget.ofHeap());
    return CallChain.start(
            List.of(exchanges),
            request,
            identity,
            new CallContext(request, SendPermit.ALWAYS, new Object()))
        .get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {PooledClient.OF_THE_JVM, "partner"})
  void whenAnIdentityHasABundleThenItsClientSends(String bundle) throws Exception {
    RestRequest request = TestRequests.get(server.url("/x"));

    CallOutcome outcome =
        send(request, Identity.of(List.of(KEY), request, Identity.Redirects.NONE, bundle));

    assertThat(outcome).isInstanceOf(CallOutcome.Response.class);
    assertThat(bundles).containsExactly(bundle);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://other.test/x", "https://127.0.0.1:PORT/x", "http://127.0.0.1:1/x"})
  void whenTheCredentialsAreForAnotherOriginThenNothingIsSent(String origin) throws Exception {
    RestRequest other = TestRequests.get(origin.replace("PORT", String.valueOf(server.port())));

    CallOutcome outcome =
        send(
            TestRequests.get(server.url("/x")),
            Identity.of(List.of(KEY), other, Identity.Redirects.ALL, "partner"));

    assertThat(outcome).isInstanceOf(CallOutcome.Failed.class);
    assertThat(outcome.isOfThisNode()).isTrue();
    assertThat(((CallOutcome.Failed) outcome).what())
        .isEqualTo(
            "was not sent, as an interceptor gave it another origin than that of its authentication");
    assertThat(bundles).isEmpty();
    assertThat(server.accepted()).isZero();
  }

  @Test
  void whenTheClientIsClosedThenTheCallEndsWithoutAResponse() throws Exception {
    client.close();

    assertThat(
            send(TestRequests.get(server.url("/x")), Identity.anonymous(PooledClient.OF_THE_JVM)))
        .isNotInstanceOf(CallOutcome.Response.class)
        .isNotInstanceOf(CallOutcome.TimedOut.class);
    assertThat(server.requests()).isEmpty();
  }
}
