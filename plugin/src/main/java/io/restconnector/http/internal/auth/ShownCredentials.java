package io.restconnector.http.internal.auth;

import io.restconnector.spi.Secret;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Credentials sent to servers recently. Answers may repeat them. */
public final class ShownCredentials {

  /** Values of each authentication: those of calls under way are among them. */
  private static final int KEPT = 64;

  private final Map<String, Deque<Secret>> byUser = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /**
   * Values as they are sent.
   *
   * @param user of the values: an authentication, the proxy
   */
  public void add(String user, Collection<Secret> values) {
    Deque<Secret> lately = byUser.computeIfAbsent(user, name -> new ArrayDeque<>());
    synchronized (lately) {
      for (Secret value : values) {
        if (lately.contains(value)) {
          continue;
        }
        if (lately.size() == KEPT) {
          lately.removeFirst();
        }
        lately.addLast(value);
        changes.incrementAndGet();
      }
    }
  }

  /** Another number whenever a value has been added. */
  public long changes() {
    return changes.get();
  }

  public List<Secret> values() {
    List<Secret> values = new ArrayList<>();
    for (Deque<Secret> lately : byUser.values()) {
      synchronized (lately) {
        values.addAll(lately);
      }
    }
    return values;
  }
}
