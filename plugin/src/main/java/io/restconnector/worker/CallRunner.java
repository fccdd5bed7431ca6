package io.restconnector.worker;

import io.restconnector.call.CallResult;
import io.restconnector.call.ExternalTask;
import io.restconnector.call.InvalidInputException;
import io.restconnector.call.RestCalls;
import io.restconnector.http.CallOutcome;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.RestRequest;
import io.restconnector.worker.Call.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that this node has taken: reads their inputs, sends, completes. */
final class CallRunner {

  private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);
  private static final int THREADS = 3;
  private static final int BATCH = 20;
  private static final int MANY_TASKS = 200;

  private final JobStore store;
  private final RestCalls calls;
  private final Runnable ended;
  private final Completer completer;
  private final Departures departures;
  private final Map<String, Call> taken = new ConcurrentHashMap<>();
  private final Queue<Call> unread = new ConcurrentLinkedQueue<>();
  private final AtomicInteger readers = new AtomicInteger();
  private final Semaphore idle = new Semaphore(0);
  private final ScheduledThreadPoolExecutor threads;

  /**
   * @param ended is told of every job that this node has no more
   */
  CallRunner(JobStore store, RestCalls calls, HttpSettings http, Runnable ended) {
    this.store = store;
    this.calls = calls;
    this.ended = ended;
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS, new DefaultThreadFactory("rest-connector-complete", true));
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    departures = new Departures(this::execute, http.maxConnections(), http.maxConnectionsPerHost());
    completer = new Completer(store, threads, this::end);
  }

  int size() {
    return taken.size();
  }

  /** Whether answers come faster than they can be completed. */
  boolean isBehind() {
    return threads.getQueue().size() > MANY_TASKS;
  }

  void take(Collection<Job> jobs) {
    for (Job job : jobs) {
      Call call = new Call(job);
      if (taken.putIfAbsent(job.id(), call) == null) {
        unread.add(call);
      }
    }
    if (!unread.isEmpty()) {
      wakeReader();
    }
  }

  private void wakeReader() {
    if (readers.getAndUpdate(count -> Math.min(count + 1, THREADS)) < THREADS) {
      execute(this::readSome);
    }
  }

  private void readSome() {
    List<Call> batch = new ArrayList<>(BATCH);
    try {
      for (Call call = unread.poll(); call != null; call = unread.poll()) {
        batch.add(call);
        if (batch.size() == BATCH) {
          break;
        }
      }
      if (!batch.isEmpty()) {
        read(batch);
      }
    } finally {
      readers.decrementAndGet();
      if (!unread.isEmpty()) {
        wakeReader();
      }
    }
  }

  private void read(List<Call> batch) {
    List<Runnable> next;
    try {
      if (batch.stream().anyMatch(call -> call.job.aged())) {
        store.renew(); // in time, or another node has taken the job and it is not owned any more
      }
      next = store.execute(context -> readInputs(batch));
    } catch (RuntimeException | Error failed) {
      if (batch.size() > 1) {
        // One of them may have spoilt the transaction of all.
        batch.forEach(call -> read(List.of(call)));
      } else {
        completer.refused(batch.get(0), failed, () -> unreadAgain(batch));
      }
      return;
    }
    next.forEach(Runnable::run);
  }

  private void unreadAgain(List<Call> batch) {
    unread.addAll(batch);
    wakeReader();
  }

  private List<Runnable> readInputs(List<Call> batch) {
    Set<String> owned = store.owned(batch.stream().map(call -> call.job).toList());
    List<Runnable> next = new ArrayList<>(batch.size());
    for (Call call : batch) {
      ExecutionEntity execution = owned.contains(call.job.id()) ? store.execution(call.job) : null;
      next.add(
          execution == null
              ? () -> end(call)
              : call.job.inTenant(() -> readInputs(call, execution)));
    }
    return next;
  }

  private Runnable readInputs(Call call, ExecutionEntity execution) {
    try {
      RestRequest request =
          new ExternalTask(execution).request(calls, call.job.action(), call.job.entry());
      return () -> departures.depart(request.origin(), () -> send(call, request));
    } catch (InvalidInputException | BpmnError refused) {
      CallResult result = CallResult.notSent(call.job.action(), call.job.activityId(), refused);
      return () -> {
        if (call.step(Phase.TAKEN, Phase.ANSWERED)) {
          completer.complete(call, result);
        }
      };
    }
  }

  private void send(Call call, RestRequest request) {
    if (!call.step(Phase.TAKEN, Phase.SENT)) {
      departures.returned(request.origin());
      return;
    }
    CompletableFuture<CallOutcome> exchange = calls.send(call.job.action(), request, call);
    call.sent(exchange);
    exchange.whenComplete(
        (outcome, abandoned) -> {
          departures.returned(request.origin());
          if (outcome != null && call.step(Phase.SENT, Phase.ANSWERED)) {
            // The client's threads must not block, and a body may be long to parse.
            execute(
                () -> completer.complete(call, CallResult.of(call.job.action(), request, outcome)));
          } else if (outcome != null) {
            outcome.release();
          }
        });
  }

  private void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("The REST worker has stopped, the call is left to another node");
    }
  }

  private void end(Call call) {
    call.release();
    taken.remove(call.job.id(), call);
    if (taken.isEmpty()) {
      idle.release();
    }
    ended.run();
  }

  /** Finds out which locks were lost and which jobs of this node it does not know. */
  void reconcile() {
    List<Call> known = List.copyOf(taken.values());
    Map<String, Job> owned =
        store.reclaim(known.stream().map(call -> call.job).toList()).stream()
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
    take(owned.values());
  }

  void drain(Duration grace) {
    List<Call> unsent =
        taken.values().stream().filter(call -> call.step(Phase.TAKEN, Phase.ANSWERED)).toList();
    giveBack(() -> store.release(unsent.stream().map(call -> call.job.id()).toList()));
    unsent.forEach(this::end);
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      while (!taken.isEmpty() && deadline - System.nanoTime() > 0) {
        idle.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      taken.values().forEach(Call::abandon);
      threads.shutdown();
      threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      threads.shutdown();
      Thread.currentThread().interrupt();
    }
    if (!taken.isEmpty()) {
      giveBack(store::releaseAll);
    }
  }

  private static void giveBack(Runnable release) {
    try {
      release.run();
    } catch (RuntimeException unreachable) {
      LOG.warn("Jobs stay locked until their locks expire", unreachable);
    }
  }
}
