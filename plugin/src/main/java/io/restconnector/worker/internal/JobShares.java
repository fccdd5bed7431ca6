package io.restconnector.worker.internal;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.http.internal.resilience.Shares;
import io.restconnector.http.internal.share.Place;
import io.restconnector.http.internal.share.Share;
import io.restconnector.http.internal.share.ShareFigures;
import io.restconnector.spi.RestRequest;
import io.restconnector.worker.internal.InFlightJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs whose hosts have a share. The host is known only when the inputs have been read: a job
 * whose share is used up is then left untaken, and its row says which share it waits for. Such jobs
 * are passed over in the search for others, and are taken as their share has room.
 */
final class JobShares {

  private static final Logger LOG = LoggerFactory.getLogger(JobShares.class);
  private static final int BATCH = 100;

  private final JobLocks locks;
  private final WorkerThreads threads;
  private final Shares shares;
  private final Consumer<InFlightJob> end;
  private final Runnable wake;
  private final long lookNanos;
  private final Map<Share, Line> lines = new LinkedHashMap<>();
  private final AtomicBoolean leaving = new AtomicBoolean();

  /** The jobs of all nodes that wait for the share of one host. */
  private static final class Line {
    final Share share;
    final Queue<InFlightJob> toLeave = new ConcurrentLinkedQueue<>();
    volatile boolean hasJobs;

    /** Since when the oldest of them waits, null where none is known. */
    private @Nullable Instant oldest;

    long nextLook = System.nanoTime();

    Line(Share share) {
      this.share = share;
    }

    synchronized void forget() {
      oldest = null;
    }

    synchronized void waits(Instant since) {
      oldest = oldest == null || since.isBefore(oldest) ? since : oldest;
    }

    synchronized Duration age(Instant now) {
      return oldest == null ? Duration.ZERO : Duration.between(oldest, now);
    }
  }

  /** Takes jobs that this node has locked. */
  interface Taker {
    void take(List<Job> jobs, List<Place> places, long lockedSince);
  }

  /**
   * @param end is given each call whose job was left
   * @param wake has the jobs taken for which there is room now
   * @param lookNanos between two looks for jobs that other nodes have left
   */
  JobShares(
      Shares shares,
      JobLocks locks,
      WorkerThreads threads,
      Consumer<InFlightJob> end,
      Runnable wake,
      long lookNanos) {
    this.shares = shares;
    this.locks = locks;
    this.threads = threads;
    this.end = end;
    this.wake = wake;
    this.lookNanos = lookNanos;
    for (Share share : shares.all()) {
      Line line = new Line(share);
      lines.put(share, line);
      share.onRoom(() -> roomGrew(line));
      share.figures().queueAge(() -> line.age(locks.now()));
    }
  }

  private void roomGrew(Line line) {
    if (line.hasJobs && line.share.nextRoom() == 0) {
      wake.run();
    }
  }

  /** Sends the call when it has its place; one that would have to wait for long is left. */
  void send(InFlightJob call, RestRequest request, Runnable sender) {
    Share share = shares.of(request.uri());
    Line line = share == null ? null : lines.get(share);
    Place place = call.place();
    if (place != null && !place.share().equals(share)) { // the host is another one than before
      call.releasePlace();
      place = null;
    }
    if (share == null || line == null) {
      sender.run();
      return;
    }
    if (place == null && !line.hasJobs) { // else it would be before those that wait longer
      place = share.reserve(1).stream().findFirst().orElse(null);
    }
    if (place == null) {
      leave(call, line);
      return;
    }
    call.place(place);
    place.await(sender, () -> leave(call, line));
  }

  private void leave(InFlightJob call, Line line) {
    if (call.step(Phase.TAKEN, Phase.LEFT)) {
      line.hasJobs = true;
      line.share.figures().add(ShareFigures.Kind.LEFT);
      line.toLeave.add(call);
      if (leaving.compareAndSet(false, true)) {
        threads.execute(this::leaveSome);
      }
    }
  }

  private void leaveSome() {
    leaving.set(false);
    for (Line line : lines.values()) {
      List<InFlightJob> calls = new ArrayList<>();
      do {
        calls.clear();
        for (InFlightJob call = line.toLeave.poll(); call != null; call = line.toLeave.poll()) {
          calls.add(call);
          if (calls.size() == BATCH) {
            break;
          }
        }
        leave(calls, line);
      } while (calls.size() == BATCH);
    }
  }

  private void leave(List<InFlightJob> calls, Line line) {
    try {
      locks.leave(line.share.name(), calls.stream().map(call -> call.job.id()).toList());
    } catch (RuntimeException unreachable) {
      // With the next renewal they are found as jobs of this node that it does not know.
      LOG.debug(
          "Jobs of share '{}' could not be left", line.share.name(), LoggedFailure.of(unreachable));
    } finally {
      calls.forEach(end);
    }
    if (!calls.isEmpty()) {
      calls.forEach(call -> line.waits(call.job.waitingSince()));
      line.hasJobs = true; // whoever has looked meanwhile has not seen them
      if (line.share.nextRoom() < Long.MAX_VALUE) {
        wake.run();
      }
    }
  }

  /**
   * Takes jobs that wait for a share which has room.
   *
   * @param most that there is room for on this node
   * @return nanoseconds until there is room for more of them
   */
  long takeWaiting(int most, Taker taker) {
    int room = most;
    for (Line line : lines.values()) {
      boolean isDue = System.nanoTime() - line.nextLook >= 0;
      List<Place> places =
          isDue || line.hasJobs ? line.share.reserve(Math.min(BATCH, room)) : List.of();
      if (!places.isEmpty()) {
        room -= takeWaiting(line, places, taker);
      }
    }
    return lines.values().stream()
        .filter(line -> line.hasJobs)
        .mapToLong(line -> line.share.nextRoom())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private int takeWaiting(Line line, List<Place> places, Taker taker) {
    long start = System.nanoTime();
    int taken = 0;
    try {
      line.nextLook = start + lookNanos;
      line.hasJobs = false;
      line.forget();
      JobLocks.Acquired acquired = locks.acquireLeft(line.share.name(), places.size());
      Instant more = acquired.moreSince();
      if (more != null) {
        line.hasJobs = true;
        line.waits(more);
      }
      taken = acquired.jobs().size();
      taker.take(acquired.jobs(), places, start);
    } catch (RuntimeException | Error unreachable) {
      line.hasJobs = true; // maybe: the next look tells
      throw unreachable;
    } finally {
      places.subList(taken, places.size()).forEach(Place::release);
    }
    return taken;
  }
}
