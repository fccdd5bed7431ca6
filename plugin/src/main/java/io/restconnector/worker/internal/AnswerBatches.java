package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Answers that wait to be written: up to 20 of them, of different instances, in one transaction.
 * One answer of an instance is at work at a time, until {@link #done}: the threads of this node do
 * not race for the rows of an instance, and of an instance that waits, one answer tries again.
 */
final class AnswerBatches {

  static final int BATCH = 20;

  private final WorkerThreads threads;
  private final Consumer<List<Answer>> writer;
  private final Map<InFlightJob, CallResult> waiting = new LinkedHashMap<>();

  /** By instance. */
  private final Map<String, InFlightJob> atWork = new HashMap<>();

  private int writers;

  /**
   * Has no answer yet.
   *
   * @param writer is given a batch on one of the threads, and throws nothing. In the end each of
   *     its answers is {@link #done} or added {@link #again}.
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

  /** For one that was given to the writer: others of its instance may be written before it. */
  void again(Answer answer) {
    done(answer.call());
    add(answer);
  }

  /** For a call whose answer is written or dropped. */
  void done(InFlightJob call) {
    boolean isBusy;
    synchronized (this) {
      atWork.remove(call.job.processInstanceId(), call);
      isBusy = waiting.isEmpty();
    }
    if (!isBusy) {
      wakeWriter();
    }
  }

  /** Those that are being written, too. */
  synchronized int size() {
    return waiting.size() + atWork.size();
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
      if (!batch.isEmpty()) {
        writer.accept(batch);
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
      if ((batch.isEmpty() || fits(answer, batch.get(0)))
          && atWork.putIfAbsent(answer.instance(), answer.call()) == null) {
        batch.add(answer);
        next.remove();
      }
    }
    return batch;
  }

  /** An error has a transaction of its own, and expressions know one tenant in one transaction. */
  private static boolean fits(Answer answer, Answer first) {
    return answer.result().error() == null
        && first.result().error() == null
        && Objects.equals(answer.call().job.tenant(), first.call().job.tenant());
  }
}
