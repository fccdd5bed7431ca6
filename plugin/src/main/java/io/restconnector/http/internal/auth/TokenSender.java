package io.restconnector.http.internal.auth;

import io.restconnector.http.internal.chain.Credential;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.util.concurrent.CompletableFuture;

/** Sends token requests. The outcome comes on a thread that may do slow work. */
@FunctionalInterface
public interface TokenSender {

  /**
   * Sends one.
   *
   * @param authentication over whose connections it is sent
   */
  CompletableFuture<CallOutcome> send(
      String authentication, RestRequest request, Credential client);
}
