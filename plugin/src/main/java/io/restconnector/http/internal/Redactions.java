package io.restconnector.http.internal;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.internal.auth.ShownCredentials;
import io.restconnector.spi.RestRequest;
import org.jspecify.annotations.Nullable;

/** What text may not show of the settings, and of what servers were shown. */
public final class Redactions {

  private final AccessSettings access;
  private final ShownCredentials shown;
  private volatile @Nullable Known known;

  private record Known(long changes, Redaction redaction) {}

  Redactions(AccessSettings access, ShownCredentials shown) {
    this.access = access;
    this.shown = shown;
  }

  /** A URL without query, or a part of one, as it may be told. */
  public String url(String url) {
    return ofAll().mask(url, Integer.MAX_VALUE);
  }

  /** For text of a server that was sent this request. */
  public Redaction of(RestRequest request) {
    Redaction redaction = new Redaction().addRequest(request);
    access.secrets().values().forEach(secret -> redaction.add(secret.reveal()));
    shown.values().forEach(value -> redaction.addHeaderValue(value.reveal()));
    return redaction;
  }

  /** For text that may hold what is configured, or what any server was shown. */
  public Redaction ofAll() {
    long changes = shown.changes();
    Known latest = known;
    if (latest == null || latest.changes != changes) {
      Redaction redaction = Redaction.of(access.secrets().values());
      shown.values().forEach(value -> redaction.addHeaderValue(value.reveal()));
      latest = new Known(changes, redaction);
      known = latest;
    }
    return latest.redaction;
  }
}
