package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Redaction;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.Secret;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is secret, before and after there is a client, and when a source has given more. */
class KnownSecretsTest {

  private static final AccessSettings ACCESS =
      AccessSettings.defaults().withSecrets(Map.of("key", Secret.of("configured-1")));

  private final AtomicReference<RestClient> client = new AtomicReference<>();
  private final KnownSecrets secrets = new KnownSecrets(ACCESS, client::get);

  private String masked() {
    return secrets.get().excerpt("configured-1 given-1 given-2", 100);
  }

  @Test
  void whenSecretsAreGivenThenTheyAreKnownBesidesThoseOfTheSettings() {
    assertThat(masked()).isEqualTo("*** given-1 given-2");
    secrets.given("vault", Secret.of("given-1"));
    assertThat(masked()).isEqualTo("*** *** given-2");
    Redaction known = secrets.get();
    assertThat(secrets.get()).isSameAs(known); // it is made again only where something is new
    secrets.given("vault", Secret.of("given-1"));
    assertThat(secrets.get()).isSameAs(known);
    secrets.given("vault", Secret.of("given-2"));
    assertThat(masked()).isEqualTo("*** *** ***");
  }

  @Test
  void whenThereIsAClientThenWhatItKnowsIsKnown() {
    secrets.given("vault", Secret.of("given-1"));
    assertThat(masked()).isEqualTo("*** *** given-2");
    AccessSettings ofClient = ACCESS.withSecrets(Map.of("key", Secret.of("given-2")));
    try (RestClient sending = new RestClient(HttpSettings.defaults().withAccess(ofClient))) {
      client.set(sending);

      assertThat(masked()).isEqualTo("configured-1 *** ***");
    }
  }
}
