package io.restconnector.worker.internal;

import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.http.internal.share.Place;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One permit for each connection of the client. A call without a permit would wait inside the
 * client, where its timeout runs. A permit that becomes free goes to the origins in turn.
 */
final class SendPermits {

  private final Executor executor;
  private final int max;
  private final int maxPerOrigin;
  private final Map<String, Origin> origins = new HashMap<>();

  /** The origins that may have one more permit and whose calls wait, each once. */
  private final Queue<Origin> turns = new ArrayDeque<>();

  private int inUse;

  private static final class Origin {
    int inUse;
    boolean hasTurn;
    final Queue<Permit> waiting = new ArrayDeque<>();
  }

  /**
   * @param executor runs what had to wait for a permit
   */
  SendPermits(Executor executor, int max, int maxPerOrigin) {
    this.executor = executor;
    this.max = max;
    this.maxPerOrigin = maxPerOrigin;
  }

  /**
   * Of one call.
   *
   * @param mayBeSent is asked just before a request is written
   */
  Permit permit(String origin, BooleanSupplier mayBeSent) {
    return permit(origin, mayBeSent, null);
  }

  /**
   * The same for a call that has its place in a share already.
   *
   * @param place is given back with the permit, unless it was taken
   */
  Permit permit(String origin, BooleanSupplier mayBeSent, @Nullable Place place) {
    return new Permit(origin, mayBeSent, place);
  }

  /** The permit of one call, which remembers whether it was refused. */
  final class Permit implements SendPermit {

    private final String origin;
    private final BooleanSupplier mayBeSent;
    private boolean held;
    private @Nullable Runnable attempt;
    private final AtomicReference<@Nullable Place> place;
    private volatile boolean refused;

    private Permit(String origin, BooleanSupplier mayBeSent, @Nullable Place place) {
      this.place = new AtomicReference<>(place);
      this.origin = origin;
      this.mayBeSent = mayBeSent;
    }

    @Override
    public void acquire(Runnable action) {
      attempt = action;
      if (tryAcquire(this)) {
        action.run();
      }
    }

    @Override
    public @Nullable Place takePlace() {
      return place.getAndSet(null);
    }

    @Override
    public void release() {
      Place untaken = takePlace();
      if (untaken != null) {
        untaken.release();
      }
      Permit next = passOn(this);
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

  private synchronized boolean tryAcquire(Permit permit) {
    Origin origin = origins.computeIfAbsent(permit.origin, ignored -> new Origin());
    if (inUse < max && origin.inUse < maxPerOrigin) {
      take(permit, origin);
      return true;
    }
    origin.waiting.add(permit);
    giveTurn(origin);
    return false;
  }

  private void take(Permit permit, Origin origin) {
    permit.held = true;
    origin.inUse++;
    inUse++;
  }

  private void giveTurn(Origin origin) {
    if (!origin.hasTurn && !origin.waiting.isEmpty() && origin.inUse < maxPerOrigin) {
      origin.hasTurn = true;
      turns.add(origin);
    }
  }

  /** The waiting call that has the permit now, if there is one. */
  private synchronized @Nullable Permit passOn(Permit permit) {
    Origin origin = origins.get(permit.origin);
    if (!permit.held || origin == null) {
      return null;
    }
    permit.held = false;
    origin.inUse--;
    inUse--;
    giveTurn(origin);
    if (origin.inUse == 0 && origin.waiting.isEmpty()) {
      origins.remove(permit.origin);
    }
    Origin turn = turns.poll();
    if (turn == null) {
      return null;
    }
    turn.hasTurn = false;
    Permit next = turn.waiting.remove();
    take(next, turn);
    giveTurn(turn);
    return next;
  }
}
