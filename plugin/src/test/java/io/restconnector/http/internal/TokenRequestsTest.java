package io.restconnector.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.content.internal.ParsingBudget.Permit;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.auth.ShownCredentials;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.transport.ConnectExecutor;
import io.restconnector.http.internal.transport.Exchanges;
import io.restconnector.http.internal.transport.PooledClient;
import io.restconnector.http.internal.transport.PooledClients;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for access tokens, and answers that are there while others hold all the memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenRequestsTest {

  private static final Credential CLIENT =
      new Credential("Authorization", Secret.of("Basic Z2VoZWlt"), false);
  private static final String TYPE = "\r\nContent-Type: application/json";

  private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
  private final ConnectExecutor connectors = new ConnectExecutor();
  private final Decoders decoders = new Decoders();
  private final ParsingBudget budget = new ParsingBudget(32 * 1_000);
  private final ShownCredentials shown = new ShownCredentials();
  private final PooledClients clients =
      new PooledClients(
          (bundle, told) ->
              new PooledClient(
                  HttpSettings.defaults(),
                  bundle,
                  SystemDefaultDnsResolver.INSTANCE,
                  connectors,
                  () -> null,
                  List.of(),
                  told),
          scheduler,
          died -> {});
  private final TokenRequests requests =
      new TokenRequests(
          new CallsInFlight(scheduler),
          new Exchanges(clients::get, 1_000_000, decoders, ParsingBudget.ofHeap()),
          new Admission(budget, scheduler),
          decoders,
          shown);
  private volatile String answer = "";
  private RawServer server;

  @BeforeAll
  void start() throws IOException {
    clients.add(PooledClient.OF_THE_JVM);
    server = RawServer.start(RawServer.replying(request -> answer));
  }

  @AfterAll
  void stop() {
    clients.close();
    connectors.close();
    decoders.close();
    scheduler.shutdownNow();
    server.close();
  }

  private CallOutcome send(Duration timeout) throws Exception {
    RestRequest request = TestRequests.within(timeout, TestRequests.get(server.url("/token")));
    return requests.send("crm", request, CLIENT, PooledClient.OF_THE_JVM).get(60, TimeUnit.SECONDS);
  }

  @Test
  void whenATokenIsAskedForThenTheClientSaysWhoItIsAndThatIsKnownAsASecret() throws Exception {
    answer = RawServer.response("200 OK" + TYPE, "{}");

    CallOutcome outcome = send(Duration.ofMinutes(1));

    assertThat(outcome).isInstanceOf(CallOutcome.Response.class);
    assertThat(server.requests())
        .last()
        .asString()
        .contains("\r\nAuthorization: Basic Z2VoZWlt\r\n");
    assertThat(shown.values()).extracting(Secret::reveal).contains("Basic Z2VoZWlt");
  }

  @Test
  void whenTheServerRedirectsThenTheClientIsNotShownElsewhere() throws Exception {
    answer = RawServer.response("307 Moved\r\nLocation: /elsewhere", "");
    int before = server.requests().size();

    assertThat(send(Duration.ofMinutes(1)))
        .isInstanceOfSatisfying(
            CallOutcome.Response.class, response -> assertThat(response.status()).isEqualTo(307));
    assertThat(server.requests()).hasSize(before + 1);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "2, false", "65536, false", "65537, true"})
  void whenOthersHoldAllTheMemoryThenOnlyALargeAnswerWaitsForIt(int length, boolean waits)
      throws Exception {
    answer = RawServer.response("200 OK" + TYPE, " ".repeat(length));
    try (Permit others = Objects.requireNonNull(budget.request(700, "others").getNow(null))) {
      CallOutcome outcome = send(waits ? Duration.ofMillis(300) : Duration.ofMinutes(1));

      assertThat(outcome)
          .isInstanceOf(waits ? CallOutcome.TimedOut.class : CallOutcome.Response.class);
      assertThat(others).isNotNull();
    }
    assertThat(budget.isUnused()).isTrue();
  }
}
