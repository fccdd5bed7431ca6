package io.restconnector.http.internal.resilience;

import io.restconnector.http.ShareSettings;
import io.restconnector.http.internal.auth.CredentialScope;
import io.restconnector.http.internal.share.Share;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The shares of one client, by the hosts that they are of. */
public final class Shares {

  private record Entry(CredentialScope hosts, Share share) {

    /** A host is more than a pattern, and a long pattern is more than a short one. */
    static final Comparator<Entry> MOST_SPECIFIC_FIRST =
        Comparator.<Entry, Boolean>comparing(entry -> entry.hosts.host().startsWith("*."))
            .thenComparing(entry -> -entry.hosts.host().length());
  }

  private final List<Share> shares = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  /** With nobody in them. */
  public Shares(Map<String, ShareSettings> settings, ScheduledExecutorService timer) {
    new TreeMap<>(settings)
        .forEach(
            (name, each) -> {
              Share share = new Share(name, each, System::nanoTime, timer);
              shares.add(share);
              CredentialScope.parse(each.hosts())
                  .forEach(hosts -> entries.add(new Entry(hosts, share)));
            });
    entries.sort(Entry.MOST_SPECIFIC_FIRST);
  }

  /** In the order of their names. */
  public List<Share> all() {
    return List.copyOf(shares);
  }

  /** That of the most specific hosts that take in the URL, null for none. */
  public @Nullable Share of(URI url) {
    for (Entry entry : entries) {
      if (entry.hosts.reaches(url)) {
        return entry.share;
      }
    }
    return null;
  }
}
