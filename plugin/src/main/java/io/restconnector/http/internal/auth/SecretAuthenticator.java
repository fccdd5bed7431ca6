package io.restconnector.http.internal.auth;

import io.restconnector.spi.CallAuthentication.Authenticator;
import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.CallAuthentication.Result;
import io.restconnector.spi.CallAuthentication.Settings;
import io.restconnector.spi.Deadline;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Credentials that are the same for all requests, until the secret changes. */
final class SecretAuthenticator implements Authenticator {

  private record Known(Secret secret, CompletableFuture<Result> credentials) {}

  private final Settings settings;
  private final Function<Secret, Credentials> maker;
  private volatile @Nullable Known known;

  SecretAuthenticator(Settings settings, Function<Secret, Credentials> maker) {
    this.settings = settings;
    this.maker = maker;
  }

  @Override
  public CompletableFuture<Result> authenticate(RestRequest request, Deadline deadline) {
    Secret secret = settings.secret();
    Known last = known;
    if (last == null || !last.secret().equals(secret)) {
      last = new Known(secret, CompletableFuture.completedFuture(maker.apply(secret)));
      known = last;
    }
    return last.credentials();
  }
}
