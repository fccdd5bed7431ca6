package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One exchange without the rest of the road, whose interceptors may have changed the request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeTest {

  private final ConnectExecutor connectors = new ConnectExecutor();
  private final Decoders decoders = new Decoders();
  private RawServer server;
  private PooledClient client;

  @BeforeAll
  void start() throws IOException {
    server =
        RawServer.start(
            peer -> {
              for (var r = peer.readRequest();
                  r.isPresent() && !r.get().startsWith("GET /silent");
                  r = peer.readRequest()) {
                peer.send(RawServer.response("200 OK", ""));
              }
              peer.awaitClose();
            });
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

  @AfterAll
  void close() {
    client.close();
    connectors.close();
    decoders.close();
    server.close();
  }

  private CompletableFuture<CallOutcome> send(RestRequest request) {
    return CallChain.start(
        List.of(new Exchanges(bundle -> client, 1_000, decoders, ParsingBudget.ofHeap())),
        request,
        Identity.anonymous(PooledClient.OF_THE_JVM),
        new CallContext(request, SendPermit.ALWAYS, new Object()));
  }

  private RestRequest get(String path, Header... headers) {
    return TestRequests.request("GET", server.url(path), List.of(headers), null);
  }

  private String sent(String path) {
    return server.requests().stream()
        .filter(each -> each.startsWith("GET " + path + " "))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"content-LENGTH, 5, false", "Transfer-Encoding, chunked, false", "X-A, 1, true"})
  void whenAHeaderIsOneOfTheMessageFrameThenTheRequestIsNotSent(
      String name, String value, boolean isSent) throws Exception {
    String path = "/frame-" + name.charAt(0);
    CallOutcome outcome = send(get(path, new BasicHeader(name, value))).get(20, TimeUnit.SECONDS);

    assertThat(outcome instanceof CallOutcome.Response).isEqualTo(isSent);
    assertThat(server.requests().stream().anyMatch(each -> each.contains(path))).isEqualTo(isSent);
    if (!isSent) {
      assertUnsendable(outcome);
    }
  }

  @Test
  void whenTheUrlHasUserInfoThenTheRequestIsNotSent() {
    URI uri = URI.create("http://ann:geheim@127.0.0.1:" + server.port() + "/user");

    assertUnsendable(send(get("/").withUri(uri)).join());
    assertThat(server.requests()).noneMatch(each -> each.contains("/user"));
  }

  private static void assertUnsendable(CallOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            CallOutcome.Failed.class,
            failed -> {
              assertThat(failed.what())
                  .isEqualTo(
                      "was not sent, as the application gave it user info in the URL or a header"
                          + " of the message frame");
              assertThat(failed.isOfThisNode()).isTrue();
            });
  }

  @Test
  void whenARequestSaysNothingOfWhatItAcceptsThenTheDefaultsAreSent() throws Exception {
    send(get("/default")).get(20, TimeUnit.SECONDS);
    send(get(
            "/own",
            new BasicHeader("accept", "text/csv"),
            new BasicHeader("ACCEPT-encoding", "identity")))
        .get(20, TimeUnit.SECONDS);

    assertThat(sent("/default"))
        .contains("\r\nAccept: application/json, */*;q=0.8\r\n", "\r\nAccept-Encoding: gzip");
    assertThat(sent("/own"))
        .contains("\r\naccept: text/csv\r\n", "\r\nACCEPT-encoding: identity\r\n");
    assertThat(sent("/own").toLowerCase(Locale.ROOT))
        .containsOnlyOnce("\r\naccept:")
        .containsOnlyOnce("\r\naccept-encoding:");
  }

  @Test
  void whenAnExchangeIsGivenUpThenItsConnectionIsClosed() {
    CompletableFuture<CallOutcome> call = send(get("/silent"));
    await().until(() -> server.requests().stream().anyMatch(each -> each.contains("/silent")));
    int open = server.open();
    call.cancel(false);

    await().until(() -> server.open() < open);
  }
}
