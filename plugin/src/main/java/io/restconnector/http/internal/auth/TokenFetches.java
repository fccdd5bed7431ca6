package io.restconnector.http.internal.auth;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many access tokens were asked for, and how that ended. */
public final class TokenFetches {

  /**
   * What is counted together.
   *
   * @param outcome as meters name it; {@code 2xx} where a token came
   */
  public record Kind(String authentication, String outcome) {}

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  void add(Kind kind) {
    counts.computeIfAbsent(kind, first -> new LongAdder()).increment();
  }

  public Set<Kind> kinds() {
    return Set.copyOf(counts.keySet());
  }

  public long count(Kind kind) {
    LongAdder count = counts.get(kind);
    return count == null ? 0 : count.sum();
  }
}
