package io.restconnector.journal.internal;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.internal.Redaction;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.auth.ShownCredentials;
import io.restconnector.spi.Secret;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All secrets that are configured, that a source has given or that were sent. It asks no source: a
 * source may block. Safe for use by many threads.
 */
public final class KnownSecrets implements Supplier<Redaction> {

  private record Known(Redaction configured, long changes, Redaction all) {}

  private final Redaction ofSettings;
  private final Supplier<@Nullable RestClient> client;
  private final ShownCredentials given = new ShownCredentials();
  private volatile @Nullable Known last;

  /**
   * Knows what the settings have.
   *
   * @param client null as long as there is none
   */
  public KnownSecrets(AccessSettings access, Supplier<@Nullable RestClient> client) {
    ofSettings = Redaction.of(access.secrets().values());
    this.client = client;
  }

  /** A source has given a secret. */
  public void given(String name, Secret secret) {
    given.add(name, List.of(secret));
  }

  @Override
  public Redaction get() {
    RestClient sending = client.get();
    Redaction configured = sending == null ? ofSettings : sending.redactions().ofAll();
    long changes = given.changes();
    if (changes == 0) {
      return configured;
    }
    Known known = last;
    if (known == null || known.configured != configured || known.changes != changes) {
      known = new Known(configured, changes, configured.with(given.values()));
      last = known;
    }
    return known.all;
  }
}
