package io.restconnector.worker.internal;

import io.restconnector.http.internal.chain.SendPermit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets as many calls out as the client has connections for. A call beyond that would wait inside
 * the client, where its timeout runs. A place that becomes free goes to the origins in turn.
 */
final class Departures {

  private final Executor executor;
  private final int maxOut;
  private final int maxOutPerOrigin;
  private final Map<String, Origin> origins = new HashMap<>();

  /** The origins whose calls wait for nothing but a place among all, each once. */
  private final Queue<Origin> turns = new ArrayDeque<>();

  private int out;

  private static final class Origin {
    int out;
    boolean hasTurn;
    final Queue<Permit> waiting = new ArrayDeque<>();
  }

  /**
   * @param executor runs the departures that had to wait
   */
  Departures(Executor executor, int maxOut, int maxOutPerOrigin) {
    this.executor = executor;
    this.maxOut = maxOut;
    this.maxOutPerOrigin = maxOutPerOrigin;
  }

  /**
   * Of one call.
   *
   * @param mayBeSent is asked just before a request is written
   */
  Permit permit(String origin, BooleanSupplier mayBeSent) {
    return new Permit(origin, mayBeSent);
  }

  /** The permit of one call, which remembers whether it was refused. */
  final class Permit implements SendPermit {

    private final String origin;
    private final BooleanSupplier mayBeSent;
    private boolean held;
    private @Nullable Runnable attempt;
    private volatile boolean refused;

    private Permit(String origin, BooleanSupplier mayBeSent) {
      this.origin = origin;
      this.mayBeSent = mayBeSent;
    }

    @Override
    public void acquire(Runnable departure) {
      attempt = departure;
      if (enters(this)) {
        departure.run();
      }
    }

    @Override
    public void release() {
      Permit next = left(this);
      if (next != null && next.attempt != null) {
        executor.execute(next.attempt);
      }
    }

    @Override
    public boolean isValid() {
      if (!mayBeSent.getAsBoolean()) {
        refused = true;
      }
      return !refused;
    }

    /** Whether it was found to be no longer valid, so that nothing was sent since. */
    boolean wasRefused() {
      return refused;
    }
  }

  private synchronized boolean enters(Permit permit) {
    Origin of = origins.computeIfAbsent(permit.origin, ignored -> new Origin());
    if (out < maxOut && of.out < maxOutPerOrigin) {
      leave(permit, of);
      return true;
    }
    of.waiting.add(permit);
    giveTurn(of);
    return false;
  }

  private void leave(Permit permit, Origin of) {
    permit.held = true;
    of.out++;
    out++;
  }

  private void giveTurn(Origin of) {
    if (!of.hasTurn && !of.waiting.isEmpty() && of.out < maxOutPerOrigin) {
      of.hasTurn = true;
      turns.add(of);
    }
  }

  /** The permit that has got the place, if any waits. */
  private synchronized @Nullable Permit left(Permit permit) {
    Origin of = origins.get(permit.origin);
    if (!permit.held || of == null) {
      return null;
    }
    permit.held = false;
    of.out--;
    out--;
    giveTurn(of);
    if (of.out == 0 && of.waiting.isEmpty()) {
      origins.remove(permit.origin);
    }
    Origin turn = turns.poll();
    if (turn == null) {
      return null;
    }
    turn.hasTurn = false;
    Permit next = turn.waiting.remove();
    leave(next, turn);
    giveTurn(turn);
    return next;
  }
}
