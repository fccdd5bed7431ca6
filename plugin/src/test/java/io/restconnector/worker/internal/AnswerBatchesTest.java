package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which answers are written together, and which wait for others. */
class AnswerBatchesTest {

  private static final CallResult FINE = new CallResult(Map.of(), null, null, null);
  private static final CallResult ERROR =
      new CallResult(Map.of(), ErrorCode.UNKNOWN_ERROR, "m", null);

  private final WorkerThreads threads = new WorkerThreads();
  private final BlockingQueue<List<Answer>> written = new LinkedBlockingQueue<>();
  private final AnswerBatches batches = new AnswerBatches(threads, written::add);

  @AfterEach
  void close() throws InterruptedException {
    threads.close(0);
  }

  private static Answer answer(String id, String instance, String tenant, CallResult result) {
    return new Answer(new InFlightJob(InFlightJobTest.job(id, instance, false, tenant), 0), result);
  }

  /** Adds them while no thread can write, so that they wait together. */
  private void add(Answer... answers) throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(WorkerThreads.COUNT);
    CountDownLatch added = new CountDownLatch(1);
    for (int i = 0; i < WorkerThreads.COUNT; i++) {
      threads.execute(
          () -> {
            busy.countDown();
            try {
              added.await();
            } catch (InterruptedException closed) {
              Thread.currentThread().interrupt();
            }
          });
    }
    busy.await();
    for (Answer each : answers) {
      batches.add(each);
    }
    added.countDown();
  }

  private List<String> next() throws InterruptedException {
    List<Answer> batch = written.poll(30, TimeUnit.SECONDS);
    assertThat(batch).isNotNull();
    return batch.stream().map(each -> each.call().job.id()).toList();
  }

  /** All batches of so many answers, as different threads may write them in any order. */
  private List<List<String>> batchesOf(int answers) throws InterruptedException {
    List<List<String>> all = new ArrayList<>();
    for (int count = 0; count < answers; count += all.get(all.size() - 1).size()) {
      all.add(next());
    }
    return all;
  }

  @Test
  void whenManyWaitThenNoMoreThanTwentyAreWrittenTogether() throws Exception {
    Answer[] answers = new Answer[25];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = answer("" + i, "i" + i, "", FINE);
    }
    add(answers);

    assertThat(batchesOf(25).stream().map(List::size)).containsExactlyInAnyOrder(20, 5);
    assertThat(batches.size()).isEqualTo(25); // they are at work until somebody says so
  }

  @Test
  void whenTwoAreOfOneInstanceThenTheSecondWaitsForTheFirst() throws Exception {
    Answer first = answer("1", "same", "", FINE);
    Answer second = answer("2", "same", "", FINE);
    add(first, second, answer("3", "other", "", FINE));

    assertThat(next()).containsExactly("1", "3");
    assertThat(batches.size()).isEqualTo(3);
    batches.done(second.call()); // of one that is not at work
    assertThat(written).isEmpty();
    batches.done(first.call());
    assertThat(next()).containsExactly("2");
    batches.done(second.call());
    assertThat(batches.size()).isEqualTo(1);
  }

  @Test
  void whenAnAnswerComesAgainThenOthersOfItsInstanceGoBeforeIt() throws Exception {
    Answer first = answer("1", "same", "", FINE);
    Answer second = answer("2", "same", "", FINE);
    add(first, second);
    assertThat(next()).containsExactly("1");

    batches.again(first);

    assertThat(next()).containsExactly("2");
    batches.done(second.call());
    assertThat(next()).containsExactly("1");
  }

  @Test
  void whenAnAnswerIsAnErrorThenItIsWrittenAlone() throws Exception {
    add(
        answer("2", "i2", "", ERROR),
        answer("1", "i1", "", FINE),
        answer("3", "i3", "", FINE),
        answer("4", "i4", "", ERROR));

    assertThat(batchesOf(4))
        .containsExactlyInAnyOrder(List.of("1", "3"), List.of("2"), List.of("4"));
  }

  @Test
  void whenTenantsDifferThenTheirAnswersAreWrittenApart() throws Exception {
    add(answer("1", "i1", "a", FINE), answer("2", "i2", "b", FINE), answer("3", "i3", "a", FINE));

    assertThat(batchesOf(3)).containsExactlyInAnyOrder(List.of("1", "3"), List.of("2"));
  }

  @Test
  void whenTheThreadsCloseThenWhatWaitsIsStillWritten() throws Exception {
    List<Answer> seen = new ArrayList<>();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    WorkerThreads own = new WorkerThreads();
    AnswerBatches ended =
        new AnswerBatches(
            own,
            batch -> {
              seen.addAll(batch);
              first.countDown();
              try {
                closing.await();
              } catch (InterruptedException late) {
                Thread.currentThread().interrupt();
              }
            });
    ended.add(answer("1", "i1", "", ERROR));
    first.await();
    Thread closer = new Thread(() -> close(own));
    closer.start();
    await().atMost(30, TimeUnit.SECONDS).until(own::areClosing);
    ended.add(answer("2", "i2", "", ERROR));
    ended.add(answer("3", "i3", "", ERROR));
    closing.countDown();
    closer.join();

    assertThat(seen.stream().map(each -> each.call().job.id())).containsExactly("1", "2", "3");
  }

  private static void close(WorkerThreads threads) {
    try {
      threads.close(TimeUnit.SECONDS.toNanos(30));
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
