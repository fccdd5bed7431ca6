package io.restconnector.worker;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets as many calls out as the client has connections for. A call beyond that would wait inside
 * the client, where its timeout runs.
 */
final class Departures {

  private final Executor executor;
  private final int maxOut;
  private final int maxOutPerOrigin;
  private final Map<String, Origin> origins = new HashMap<>();
  private int out;

  private static final class Origin {
    int out;
    final Queue<Runnable> waiting = new ArrayDeque<>();
  }

  /**
   * @param executor runs the departures that had to wait
   */
  Departures(Executor executor, int maxOut, int maxOutPerOrigin) {
    this.executor = executor;
    this.maxOut = maxOut;
    this.maxOutPerOrigin = maxOutPerOrigin;
  }

  /** Runs the departure now or as soon as another call of the origin has returned. */
  void depart(String origin, Runnable departure) {
    synchronized (this) {
      Origin of = origins.computeIfAbsent(origin, ignored -> new Origin());
      if (!hasRoom(of)) {
        of.waiting.add(departure);
        return;
      }
      of.out++;
      out++;
    }
    departure.run();
  }

  /** After every departure, when its call has ended. */
  void returned(String origin) {
    Runnable next = null;
    synchronized (this) {
      Origin of = origins.get(origin);
      if (of != null) {
        of.out--;
        out--;
        if (of.out == 0 && of.waiting.isEmpty()) {
          origins.remove(origin);
        }
        next = next(of);
      }
    }
    if (next != null) {
      executor.execute(next);
    }
  }

  private @Nullable Runnable next(Origin preferred) {
    Origin of = preferred;
    Iterator<Origin> others = origins.values().iterator();
    while (of.waiting.isEmpty() || !hasRoom(of)) {
      if (!others.hasNext()) {
        return null;
      }
      of = others.next();
    }
    of.out++;
    out++;
    return of.waiting.remove();
  }

  private boolean hasRoom(Origin of) {
    return out < maxOut && of.out < maxOutPerOrigin;
  }
}
