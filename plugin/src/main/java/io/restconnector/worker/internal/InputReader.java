package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.call.internal.ExecutionInputs;
import io.restconnector.call.internal.IdempotencyKey;
import io.restconnector.call.internal.Polling;
import io.restconnector.call.internal.RestAction;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.call.internal.TaskCall;
import io.restconnector.http.internal.share.Share;
import io.restconnector.internal.Tracing;
import io.restconnector.internal.Tracing.JobStep;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import io.restconnector.worker.internal.InFlightJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.job.api.ExternalWorkerJob;
import org.jspecify.annotations.Nullable;

/** Reads the inputs of calls, those of several in one transaction. */
final class InputReader {

  private static final int BATCH = 20;

  private final JobStore store;
  private final DatabaseWatch database;
  private final RestCalls calls;
  private final WorkerThreads threads;
  private final JobCompletion completion;
  private final Tracing tracing;
  private final Owned owned;
  private final BiConsumer<InFlightJob, RestRequest> sender;
  private final Queue<InFlightJob> unread = new ConcurrentLinkedQueue<>();

  /** Those that have a place in a share, and are to be read before their turn. */
  private final Queue<InFlightJob> urgent = new ConcurrentLinkedQueue<>();

  private final AtomicInteger readers = new AtomicInteger();

  /** What the reader wants to know of locks. */
  interface Owned extends Predicate<InFlightJob> {
    /** Extends the locks of all calls. */
    void renew();

    /** This node no longer holds the job. */
    void end(InFlightJob call);
  }

  /**
   * @param owned tells whether the lock of a call is known to be alive
   * @param sender is given what has been read
   */
  InputReader(
      JobStore store,
      DatabaseWatch database,
      RestCalls calls,
      WorkerThreads threads,
      JobCompletion completion,
      Tracing tracing,
      Owned owned,
      BiConsumer<InFlightJob, RestRequest> sender) {
    this.store = store;
    this.database = database;
    this.calls = calls;
    this.threads = threads;
    this.completion = completion;
    this.tracing = tracing;
    this.owned = owned;
    this.sender = sender;
  }

  /** Reads them when there is time. */
  void add(List<InFlightJob> taken) {
    taken.forEach(call -> (call.place() == null ? unread : urgent).add(call));
    if (hasUnread()) {
      wakeReader();
    }
  }

  private boolean hasUnread() {
    return !urgent.isEmpty() || !unread.isEmpty();
  }

  private @Nullable InFlightJob next() {
    InFlightJob first = urgent.poll();
    return first == null ? unread.poll() : first;
  }

  private void wakeReader() {
    if (readers.getAndUpdate(count -> Math.min(count + 1, WorkerThreads.COUNT))
        < WorkerThreads.COUNT) {
      threads.execute(this::readSome);
    }
  }

  private void readSome() {
    if (database.isUnavailable()) {
      threads.later(this::readSome);
      return;
    }
    List<InFlightJob> batch = new ArrayList<>(BATCH);
    try {
      for (InFlightJob call = next(); call != null; call = next()) {
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
      if (hasUnread()) {
        wakeReader();
      }
    }
  }

  private void read(List<InFlightJob> batch) {
    List<Runnable> next;
    try {
      if (!batch.stream().allMatch(owned)) {
        owned.renew(); // in time, or another node has taken the job and it is not owned any more
      }
      next = store.execute(context -> readInputs(context, batch));
    } catch (RuntimeException | Error failed) {
      if (database.isCauseOf(failed)) {
        threads.later(() -> add(batch));
      } else if (batch.size() > 1) {
        // One of them may have spoilt the transaction of all.
        batch.forEach(call -> read(List.of(call)));
      } else {
        completion.refused(batch.get(0), failed);
      }
      return;
    }
    next.forEach(Runnable::run);
  }

  private List<Runnable> readInputs(CommandContext context, List<InFlightJob> batch) {
    List<Job> jobs = batch.stream().map(call -> call.job).toList();
    if (jobs.size() > 1) {
      BatchSession.open(context, jobs);
    }
    Map<String, ExternalWorkerJob> locked = store.owned(jobs);
    List<Runnable> next = new ArrayList<>(batch.size());
    for (InFlightJob call : batch) {
      ExternalWorkerJob job = locked.get(call.job.id());
      ExecutionEntity execution = job == null ? null : store.execution(call.job);
      if (job == null || execution == null) {
        next.add(() -> owned.end(call));
        continue;
      }
      String custom = job.getCustomValues();
      if (tracing.isOn()) {
        call.trace(() -> tracing.job(JobStep.PROCESS, call.job.task(), KeptPoll.others(custom)));
      }
      next.add(
          call.span()
              .within(
                  () -> call.job.inTenant(() -> readInputs(call, execution, KeptPoll.of(custom)))));
    }
    return next;
  }

  private Runnable readInputs(
      InFlightJob call, ExecutionEntity execution, @Nullable KeptPoll kept) {
    RestAction action = call.job.action();
    ExecutionInputs inputs = ExecutionInputs.ofExternalWorker(execution);
    TaskCall task =
        kept == null
            ? TaskCall.read(action, inputs, calls.reader())
            : TaskCall.readQuestion(action, inputs, calls.reader(), kept.statusUrl());
    call.read(task.outputs(), ParallelLeave.isPartOfOne(execution));
    CallSource source = ExecutingEngine.source(CallSource.Kind.WORKER, execution);
    if (task.notSent() != null) {
      return notSent(call, source, task.notSent());
    }
    RestRequest request =
        calls.idempotencyKeys()
            ? IdempotencyKey.addTo(task.ready(), execution, call.job.correlationId())
            : task.ready();
    if (task.poll() != null) {
      Instant now = store.now();
      Polling polling =
          kept == null
              ? Polling.first(task.poll(), request, calls.shown(request), now)
              : Polling.question(
                  task.poll(),
                  request,
                  kept.begun() == null ? now : kept.begun(),
                  kept.statusUrl(),
                  kept.first(),
                  kept.asked() + 1);
      call.polls(polling);
      Duration remaining = polling.remaining(now);
      Share share = calls.client().shares().of(request.uri());
      Duration stopped = share == null ? Duration.ZERO : share.state().stopped();
      if (kept != null && remaining.compareTo(stopped) <= 0) {
        String waitsFor = share == null || stopped.isZero() ? null : share.placeInWords();
        return notSent(call, source, polling.tooLate(calls, action, request, waitsFor));
      }
      request = request.within(remaining);
    }
    RestRequest from = request.from(source);
    return () -> sender.accept(call, from);
  }

  private Runnable notSent(InFlightJob call, CallSource source, CallResult result) {
    return () -> {
      if (call.step(Phase.TAKEN, Phase.ANSWERED)) {
        calls.unsent().notSent(call.job.action(), source, result);
        completion.complete(call, result);
      }
    };
  }
}
