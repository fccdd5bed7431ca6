package io.restconnector.http.internal;

import io.restconnector.http.internal.auth.ShownCredentials;
import io.restconnector.http.internal.body.Decoders;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.http.internal.transport.Exchanges;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends token requests: exchanges only, without interceptors, retries and breakers. */
record TokenRequests(
    CallsInFlight calls,
    Exchanges exchanges,
    Admission admission,
    Decoders decoders,
    ShownCredentials shown) {

  private static final int SMALL_ANSWER = 64 * 1024;

  CompletableFuture<CallOutcome> send(
      String authentication, RestRequest request, Credential client, String sslBundle) {
    shown.add("client of " + authentication, List.of(client.value()));
    Identity identity = Identity.of(List.of(client), request, Identity.Redirects.NONE, sslBundle);
    CallContext call = new CallContext(request, SendPermit.ALWAYS, new Object());
    return calls
        .start(List.of(exchanges), identity.addTo(request), identity, call)
        .thenCompose(
            outcome ->
                isSmall(outcome)
                    ? CompletableFuture.completedFuture(outcome)
                    : admission.of(call, CompletableFuture.completedFuture(outcome)))
        .thenApplyAsync(outcome -> outcome, decoders::execute);
  }

  /**
   * Whether each of the few threads that parse answers may parse this one at once. Calls that wait
   * for the token may hold all the memory there is for parsing.
   */
  private static boolean isSmall(CallOutcome outcome) {
    return outcome instanceof CallOutcome.Response response && response.length() <= SMALL_ANSWER;
  }
}
