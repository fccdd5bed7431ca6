package io.restconnector.worker.internal;

import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.worker.internal.Call.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that this node has taken: has their inputs read, sends, has them completed. */
final class CallRunner {

  private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);

  private final JobLocks locks;
  private final RestCalls calls;
  private final Runnable ended;
  private final long aliveNanos;
  private final WorkerThreads threads = new WorkerThreads();
  private final Completer completer;
  private final InputReader reader;
  private final Departures departures;
  private final Map<String, Call> taken = new ConcurrentHashMap<>();
  private final Semaphore idle = new Semaphore(0);
  private volatile boolean stopping;

  /**
   * @param ended is told of every job that this node has no more
   */
  CallRunner(
      JobStore store,
      JobLocks locks,
      DatabaseWatch database,
      RestCalls calls,
      HttpSettings http,
      Runnable ended) {
    this.locks = locks;
    this.calls = calls;
    this.ended = ended;
    // The clocks of two nodes may differ a little, and sending takes a moment.
    aliveNanos = locks.duration().toNanos() / 6 * 5;
    departures =
        new Departures(threads::execute, http.maxConnections(), http.maxConnectionsPerHost());
    completer = new Completer(store, database, threads, this::end);
    reader = new InputReader(store, database, calls, threads, completer, new Locks(), this::depart);
  }

  private final class Locks implements InputReader.Owned {
    @Override
    public boolean test(Call call) {
      return isLocked(call);
    }

    @Override
    public void renew() {
      CallRunner.this.renew();
    }

    @Override
    public void end(Call call) {
      CallRunner.this.end(call);
    }
  }

  private boolean isLocked(Call call) {
    return call.isLockedWithin(aliveNanos);
  }

  int size() {
    return taken.size();
  }

  /** Whether answers come faster than they can be completed. */
  boolean isBehind() {
    return threads.areBehind();
  }

  /**
   * @param lockedSince when the statement began that locked these jobs
   */
  void take(Collection<Job> jobs, long lockedSince) {
    List<Call> added = new ArrayList<>();
    for (Job job : jobs) {
      Call call = new Call(job, lockedSince);
      if (taken.putIfAbsent(job.id(), call) == null) {
        added.add(call);
      }
    }
    if (!stopping) {
      reader.add(added);
    }
  }

  private void depart(Call call, RestRequest request) {
    Departures.Permit permit = departures.permit(request.origin(), () -> isLocked(call));
    permit.acquire(() -> send(call, request, permit));
  }

  private void send(Call call, RestRequest request, Departures.Permit permit) {
    if (!call.step(Phase.TAKEN, Phase.SENT)) {
      permit.release();
      return;
    }
    if (!permit.isValid()) {
      permit.release();
      readAgain(call);
      return;
    }
    CompletableFuture<CallOutcome> exchange = calls.send(request, permit, call);
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
            // The client's threads must not block, and a body may be long to parse.
            threads.execute(
                () -> completer.complete(call, calls.result(call.job.action(), request, outcome)));
          } else {
            outcome.release();
          }
        });
  }

  /** Its lock is not known to be alive: that is to be seen to before it is sent. */
  private void readAgain(Call call) {
    if (call.step(Phase.SENT, Phase.TAKEN) && !stopping) {
      reader.add(List.of(call));
    }
  }

  private void end(Call call) {
    call.release();
    taken.remove(call.job.id(), call);
    if (stopping && taken.isEmpty()) {
      idle.release();
    }
    ended.run();
  }

  /** Extends every lock, finds out which were lost and which jobs of this node it does not know. */
  void renew() {
    List<Call> known = List.copyOf(taken.values());
    long start = System.nanoTime();
    Set<String> owned = locks.renew();
    boolean lost = false;
    for (Call call : known) {
      if (owned.contains(call.job.id())) {
        call.lockedSince(start);
      } else {
        lost = true;
      }
    }
    if (lost || !taken.keySet().containsAll(owned)) {
      reconcile();
    }
  }

  private void reconcile() {
    List<Call> known = List.copyOf(taken.values());
    long start = System.nanoTime();
    Map<String, Job> owned =
        locks.reclaim(known.stream().map(call -> call.job).toList()).stream()
            .collect(Collectors.toMap(Job::id, job -> job));
    for (Call call : known) {
      // Not sent yet, it may wait for a connection for long, and must not be sent then.
      if (owned.remove(call.job.id()) == null
          && (call.step(Phase.TAKEN, Phase.ANSWERED) || call.step(Phase.SENT, Phase.ANSWERED))) {
        LOG.warn(
            "{}: the call is given up, its job {} is gone or has another owner",
            call.job.place(),
            call.job.id());
        call.abandon();
        end(call);
      }
    }
    // When they were locked is not known: they are read after their locks have been extended.
    take(owned.values(), start - aliveNanos);
  }

  /** From now on nothing is sent but what has been read. */
  void stop() {
    stopping = true;
  }

  /** Lets other nodes have what was not sent. */
  void giveBackUnsent() {
    List<Call> unsent =
        taken.values().stream().filter(call -> call.step(Phase.TAKEN, Phase.ANSWERED)).toList();
    try {
      locks.release(unsent.stream().map(call -> call.job.id()).toList());
    } finally {
      unsent.forEach(this::end); // else the end gives back all that is left
    }
  }

  /** Waits for the calls in the air, at most for these nanoseconds. */
  void awaitIdle(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (!taken.isEmpty() && until - System.nanoTime() > 0) {
      idle.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  /** Gives up the calls in the air and ends the threads; what is being written may end. */
  void close(long nanos) throws InterruptedException {
    taken.values().forEach(Call::abandon);
    threads.close(nanos);
  }
}
