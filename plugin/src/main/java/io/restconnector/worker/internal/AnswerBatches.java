package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers that wait to be written: up to 20 of them, of different instances, in one transaction. An
 * instance is in one batch at a time, so that no two threads of this node write to it.
 */
final class AnswerBatches {

  static final int BATCH = 20;

  private final WorkerThreads threads;
  private final Consumer<List<Answer>> writer;
  private final Map<InFlightJob, CallResult> waiting = new LinkedHashMap<>();
  private final Set<String> instancesAtWork = new HashSet<>();
  private int writers;

  /**
   * Has no answer yet.
   *
   * @param writer is given a batch on one of the threads, and throws nothing
   */
  AnswerBatches(WorkerThreads threads, Consumer<List<Answer>> writer) {
    this.threads = threads;
    this.writer = writer;
  }

  void add(Answer answer) {
    synchronized (this) {
      waiting.put(answer.call(), answer.result());
    }
    wakeWriter();
  }

  /** Those that are being written, too. */
  synchronized int size() {
    return waiting.size() + instancesAtWork.size();
  }

  private void wakeWriter() {
    synchronized (this) {
      if (writers == WorkerThreads.COUNT) {
        return;
      }
      writers++;
    }
    threads.execute(this::writeSome);
  }

  private void writeSome() {
    List<Answer> batch;
    do {
      batch = take();
      try {
        if (!batch.isEmpty()) {
          writer.accept(batch);
        }
      } finally {
        done(batch);
      }
    } while (!batch.isEmpty() && threads.areClosing()); // then no other writer can be woken
    synchronized (this) {
      writers--;
      // Where none could be taken, their instances are at work: whoever is done with one goes on.
      if (batch.isEmpty() || waiting.isEmpty()) {
        return;
      }
    }
    wakeWriter();
  }

  private synchronized List<Answer> take() {
    List<Answer> batch = new ArrayList<>(BATCH);
    Iterator<Map.Entry<InFlightJob, CallResult>> next = waiting.entrySet().iterator();
    while (next.hasNext() && batch.size() < BATCH) {
      Map.Entry<InFlightJob, CallResult> entry = next.next();
      Answer answer = new Answer(entry.getKey(), entry.getValue());
      if ((batch.isEmpty() || hasTenantOf(batch.get(0), answer))
          && instancesAtWork.add(answer.instance())) {
        batch.add(answer);
        next.remove();
      }
    }
    return batch;
  }

  /** Expressions know one tenant in one transaction. */
  private static boolean hasTenantOf(Answer first, Answer other) {
    return Objects.equals(first.call().job.tenant(), other.call().job.tenant());
  }

  private synchronized void done(List<Answer> batch) {
    batch.forEach(answer -> instancesAtWork.remove(answer.instance()));
  }
}
