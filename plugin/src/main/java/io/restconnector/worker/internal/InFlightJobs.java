package io.restconnector.worker.internal;

import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.share.Place;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.worker.internal.InFlightJob.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs on this node. Has their inputs read, sends them, and has them completed. */
final class InFlightJobs implements InputReader.Owned {

  private static final Logger LOG = LoggerFactory.getLogger(InFlightJobs.class);

  private final JobLocks locks;
  private final RestCalls calls;
  private final Runnable ended;
  private final long aliveNanos;
  private final WorkerThreads threads = new WorkerThreads();
  private final JobCompletion completion;
  private final UnparsedAnswers answers;
  private final InputReader reader;
  private final SendPermits permits;
  private final JobShares shares;
  private final Map<String, InFlightJob> taken = new ConcurrentHashMap<>();
  private final Semaphore idle = new Semaphore(0);
  private volatile boolean stopping;

  /** Where {@code ended} runs for each job that is gone, and {@code wake} has jobs looked for. */
  InFlightJobs(
      JobStore store,
      JobLocks locks,
      DatabaseWatch database,
      RestCalls calls,
      HttpSettings http,
      Tracing tracing,
      Runnable ended,
      Runnable wake,
      Duration pollInterval) {
    this.locks = locks;
    this.calls = calls;
    this.ended = ended;
    // The clocks of two nodes may differ a little, and sending takes a moment.
    aliveNanos = locks.duration().toNanos() / 6 * 5;
    permits =
        new SendPermits(threads::execute, http.maxConnections(), http.maxConnectionsPerHost());
    shares =
        new JobShares(
            calls.client().shares(), locks, threads, this::end, wake, pollInterval.toNanos());
    completion = new JobCompletion(store, database, threads, this::end);
    answers =
        new UnparsedAnswers(
            database, threads, calls, new LateAnswers(store, database, threads, completion));
    reader =
        new InputReader(
            store,
            database,
            calls,
            threads,
            completion,
            tracing,
            this,
            (call, request) -> shares.send(call, request, () -> acquireAndSend(call, request)));
  }

  @Override
  public boolean test(InFlightJob call) {
    return call.isLockedWithin(aliveNanos);
  }

  int size() {
    return taken.size();
  }

  /** Whether answers come faster than they can be completed. */
  boolean isBehind() {
    return threads.areBehind(completion.waiting());
  }

  /**
   * @param lockedSince when the statement began that locked these jobs
   */
  void take(Collection<Job> jobs, long lockedSince) {
    take(jobs, List.of(), lockedSince);
  }

  private void take(Collection<Job> jobs, List<Place> places, long lockedSince) {
    List<InFlightJob> added = new ArrayList<>();
    Iterator<Place> place = places.iterator();
    for (Job job : jobs) {
      InFlightJob call = new InFlightJob(job, lockedSince);
      if (place.hasNext()) {
        call.place(place.next());
      }
      // One that is being left may be taken again before that has ended.
      if (taken.compute(job.id(), (id, old) -> old == null || old.is(Phase.LEFT) ? call : old)
          == call) {
        added.add(call);
      } else {
        call.releasePlace();
      }
    }
    if (!stopping) {
      reader.add(added);
    }
  }

  private void acquireAndSend(InFlightJob call, RestRequest request) {
    SendPermits.Permit permit = permits.permit(request.origin(), () -> test(call), call.place());
    permit.acquire(() -> send(call, request, permit));
  }

  private void send(InFlightJob call, RestRequest request, SendPermits.Permit permit) {
    if (!call.step(Phase.TAKEN, Phase.SENT)) {
      permit.release();
      return;
    }
    if (!permit.isValid()) {
      permit.release();
      readAgain(call);
      return;
    }
    CompletableFuture<CallOutcome> exchange =
        call.span().within(() -> calls.send(request, permit, call));
    call.sent(exchange);
    exchange.whenComplete(
        (outcome, abandoned) -> {
          permit.release();
          if (outcome == null) {
            return;
          }
          if (permit.wasRefused()) {
            outcome.release();
            readAgain(call);
          } else if (call.step(Phase.SENT, Phase.ANSWERED)) {
            answers.add(call, request, outcome);
          } else {
            outcome.release();
          }
        });
  }

  /** The lock may have expired: it is extended before the call is sent. */
  private void readAgain(InFlightJob call) {
    call.releasePlace();
    if (call.step(Phase.SENT, Phase.TAKEN) && !stopping) {
      reader.add(List.of(call));
    }
  }

  @Override
  public void end(InFlightJob call) {
    call.release();
    call.releasePlace();
    call.span().end(call.error());
    taken.remove(call.job.id(), call);
    if (stopping && taken.isEmpty()) {
      idle.release();
    }
    ended.run();
  }

  /** Takes jobs that wait for a share which has room, at most that many; when to do so again. */
  long takeWaiting(int most) {
    return shares.takeWaiting(most, this::take);
  }

  /** Extends all locks, and finds lost jobs and jobs of this node that it does not know. */
  @Override
  public void renew() {
    List<InFlightJob> known = List.copyOf(taken.values());
    long start = System.nanoTime();
    Set<String> owned = locks.renew();
    Predicate<InFlightJob> isOwned = call -> owned.contains(call.job.id());
    known.stream().filter(isOwned).forEach(call -> call.lockedSince(start));
    boolean lost = !known.stream().allMatch(isOwned);
    if (lost || !taken.keySet().containsAll(owned)) {
      reconcile();
    }
  }

  private void reconcile() {
    List<InFlightJob> known = List.copyOf(taken.values());
    long start = System.nanoTime();
    Map<String, Job> owned =
        locks.reclaim(known.stream().map(call -> call.job).toList()).stream()
            .collect(Collectors.toMap(Job::id, job -> job));
    for (InFlightJob call : known) {
      // One that is not sent yet may wait long for a connection; it must not be sent then.
      if (owned.remove(call.job.id()) == null
          && (call.step(Phase.TAKEN, Phase.ANSWERED) || call.step(Phase.SENT, Phase.ANSWERED))) {
        LOG.warn(
            "{}: the call is cancelled, as its job {} is gone or has another owner",
            call.job.description(),
            call.job.id());
        call.abandon();
        end(call);
      }
    }
    // Nobody knows when they were locked: their locks are extended before they are read.
    take(owned.values(), start - aliveNanos);
  }

  /** From now on only calls whose inputs have been read are sent. */
  void stop() {
    stopping = true;
  }

  /** Releases the locks of the calls that were not sent. */
  void giveBackUnsent() {
    List<InFlightJob> unsent =
        taken.values().stream().filter(call -> call.step(Phase.TAKEN, Phase.ANSWERED)).toList();
    try {
      locks.release(unsent.stream().map(call -> call.job.id()).toList());
    } finally {
      unsent.forEach(this::end); // where this failed, close() releases what is left
    }
  }

  /** Waits for the calls that were sent, at most for these nanoseconds. */
  void awaitIdle(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (!taken.isEmpty() && until - System.nanoTime() > 0) {
      idle.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  /** Cancels the calls that were sent and ends the threads; a write that has begun may end. */
  void close(long nanos) throws InterruptedException {
    taken.values().forEach(InFlightJob::abandon);
    threads.close(nanos);
  }
}
