package io.restconnector.content.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory of the bodies that are parsed at once. A tree can take thirty times the bytes
 * of its text, so each body counts at 32 times its length; all together may count a quarter of the
 * heap. The bytes of bodies that are still being received have a share of their own. The others
 * wait, first come, first served.
 *
 * <p>One body is always let in, however long it is. A holder that has a permit already and needs
 * one more, such as a transaction with a second call, may exceed the limit, one holder at a time:
 * otherwise two of them could wait for each other. Small bodies never wait behind a large one. Safe
 * for use by many threads.
 */
public final class ParsingBudget {

  private static final int TREE_BYTES_PER_BYTE = 32;
  private static final int PART_OF_HEAP = 4;
  private static final int PART_OF_SMALL_BODIES = 4;
  private static final int SMALL_BODIES = 16;
  private static final int PART_OF_RECEIVED_BYTES = 4;

  /** For as long as a body, or its tree, is held. */
  public interface Permit extends AutoCloseable {
    /** Gives it back; a second time does nothing. */
    @Override
    void close();
  }

  private final Lane received;
  private final Lane small;
  private final Lane large;

  /**
   * In the order in which a holder comes to need them: who waits for a lane never keeps others out
   * of a later one.
   */
  private final List<Lane> lanes;

  /**
   * @param bytes that trees may take together
   */
  public ParsingBudget(long bytes) {
    received = new Lane(bytes / PART_OF_RECEIVED_BYTES);
    small = new Lane(bytes / PART_OF_SMALL_BODIES);
    large = new Lane(bytes - small.capacity);
    lanes = List.of(received, small, large);
  }

  /** A quarter of the heap. */
  public static ParsingBudget ofHeap() {
    return new ParsingBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /**
   * Waits until a body may be parsed. The calling thread is the holder.
   *
   * @param length of the body in bytes
   * @return the permit, or null when the timeout has passed
   */
  public @Nullable Permit acquire(long length, Duration timeout) throws InterruptedException {
    CompletableFuture<Permit> permit = request(length, Thread.currentThread());
    try {
      return permit.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return permit.cancel(false) ? null : permit.join();
    } catch (InterruptedException stopping) {
      if (!permit.cancel(false)) {
        permit.join().close();
      }
      throw stopping;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Asks for a permit without waiting.
   *
   * @param length of the body in bytes
   * @param holder of the trees, such as a thread for its transaction
   * @return completes when the body may be parsed, on the thread that gave a permit back.
   *     Cancelling it leaves the queue.
   */
  public CompletableFuture<Permit> request(long length, Object holder) {
    long cost = length * TREE_BYTES_PER_BYTE;
    Lane lane = cost <= small.capacity / SMALL_BODIES ? small : large;
    return request(new Ticket(holder, lane, cost));
  }

  /** As {@link #request}, for bytes that are yet to be received. */
  public CompletableFuture<Permit> receive(long bytes, Object holder) {
    return request(new Ticket(holder, received, bytes));
  }

  /** Counts bytes that were received, and waits for nothing. */
  public Permit received(long bytes, Object holder) {
    Ticket ticket = new Ticket(holder, received, bytes);
    synchronized (this) {
      ticket.take();
    }
    return ticket;
  }

  /** Whether nothing is held. */
  public synchronized boolean isUnused() {
    return lanes.stream().allMatch(lane -> lane.holders.isEmpty());
  }

  private CompletableFuture<Permit> request(Ticket ticket) {
    List<Ticket> admitted;
    synchronized (this) {
      ticket.lane.waiting.add(ticket);
      admitted = admit();
    }
    admitted.forEach(Ticket::complete);
    if (!ticket.result.isDone()) {
      ticket.result.whenComplete(
          (permit, cancelled) -> {
            if (permit == null) {
              leave(ticket);
            }
          });
    }
    return ticket.result;
  }

  private void leave(Ticket ticket) {
    List<Ticket> admitted;
    synchronized (this) {
      ticket.lane.waiting.remove(ticket);
      admitted = admit(); // those behind it may be smaller
    }
    admitted.forEach(Ticket::complete);
  }

  private List<Ticket> admit() {
    List<Ticket> admitted = new ArrayList<>(1);
    for (Lane lane : lanes) {
      for (Ticket first = lane.waiting.peek();
          first != null && lane.hasRoomFor(first);
          first = lane.waiting.peek()) {
        lane.waiting.remove();
        first.take();
        admitted.add(first);
      }
    }
    for (int i = 0; i < lanes.size(); i++) {
      for (Iterator<Ticket> waiting = lanes.get(i).waiting.iterator(); waiting.hasNext(); ) {
        Ticket ticket = waiting.next();
        if (mayExceed(ticket.holder, lanes.subList(i, lanes.size()))) {
          waiting.remove();
          ticket.take();
          admitted.add(ticket);
        }
      }
    }
    return admitted;
  }

  private static boolean mayExceed(Object holder, List<Lane> later) {
    for (Lane lane : later) {
      if (lane.holders.containsKey(holder)
          && (lane.exceeding == null || lane.exceeding.equals(holder))) {
        lane.exceeding = holder;
        return true;
      }
    }
    return false;
  }

  private static final class Lane {
    final long capacity;
    final Queue<Ticket> waiting = new ArrayDeque<>();
    final Map<Object, Integer> holders = new HashMap<>();
    long taken;
    @Nullable Object exceeding;

    Lane(long capacity) {
      this.capacity = capacity;
    }

    boolean hasRoomFor(Ticket ticket) {
      return taken == 0 || taken + ticket.cost <= capacity;
    }
  }

  private final class Ticket implements Permit {
    final Object holder;
    final Lane lane;
    final long cost;
    final CompletableFuture<Permit> result = new CompletableFuture<>();
    boolean released;

    Ticket(Object holder, Lane lane, long cost) {
      this.holder = holder;
      this.lane = lane;
      this.cost = cost;
    }

    void take() {
      lane.taken += cost;
      lane.holders.merge(holder, 1, Integer::sum);
    }

    void complete() {
      if (!result.complete(this)) {
        close();
      }
    }

    @Override
    public void close() {
      List<Ticket> admitted;
      synchronized (ParsingBudget.this) {
        if (released) {
          return;
        }
        released = true;
        lane.taken -= cost;
        Integer left = lane.holders.computeIfPresent(holder, (h, n) -> n == 1 ? null : n - 1);
        if (left == null && holder.equals(lane.exceeding)) {
          lane.exceeding = null;
        }
        admitted = admit();
      }
      admitted.forEach(Ticket::complete);
    }
  }
}
