package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.ParsingBudget.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParsingBudgetTest {

  /** Three bodies of one MiB each, and the share of small ones. */
  private static final int BODY = 1 << 20;

  private static final int SMALL = BODY / 16;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ParsingBudget budget = new ParsingBudget(4L * 32 * BODY);

  private CompletableFuture<Permit> request(long length) {
    return budget.request(length, new Object());
  }

  private List<Permit> fill() {
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      permits.add(request(BODY).join());
    }
    return permits;
  }

  @Test
  void whenBudgetIsTakenThenNextBodyWaitsForOneToBeGivenBack() {
    List<Permit> held = fill();
    CompletableFuture<Permit> next = request(BODY);
    assertThat(next).isNotDone();
    held.get(1).close();
    assertThat(next).isCompleted();
  }

  @Test
  void whenSeveralWaitThenFirstComeFirstServed() {
    List<Permit> held = fill();
    CompletableFuture<Permit> first = request(2 * BODY);
    CompletableFuture<Permit> second = request(BODY);
    held.get(0).close();
    assertThat(second).isNotDone();
    held.get(1).close();
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    held.get(2).close();
    assertThat(second).isCompleted();
  }

  @Test
  void whenBodyIsLargerThanTheBudgetThenItIsLetInAlone() {
    Permit other = request(BODY).join();
    CompletableFuture<Permit> huge = request(1000L * BODY);
    assertThat(huge).isNotDone();
    other.close();
    assertThat(huge).isCompleted();
    assertThat(request(BODY)).isNotDone();
  }

  @Test
  void whenLargeBodiesWaitThenSmallOnesDoNot() {
    request(1000L * BODY).join();
    assertThat(request(BODY)).isNotDone();
    for (int i = 0; i < 16; i++) {
      assertThat(request(SMALL)).isCompleted();
    }
    assertThat(request(1)).isNotDone();
  }

  @Test
  void whenBodyIsEmptyThenItNeverWaits() {
    request(1000L * BODY).join();
    for (int i = 0; i < 16; i++) {
      request(SMALL).join();
    }
    assertThat(request(0)).isCompleted();
  }

  @Test
  void whenHolderNeedsAnotherThenItIsLetInAndTheNextHolderWaitsForIt() {
    Object one = new Object();
    Object two = new Object();
    List<Permit> held = new ArrayList<>();
    held.add(budget.request(2 * BODY, one).join());
    Permit ofTwo = budget.request(BODY, two).join();
    CompletableFuture<Permit> stranger = request(BODY);
    held.add(budget.request(BODY, one).join());
    CompletableFuture<Permit> secondOfTwo = budget.request(BODY, two);
    assertThat(secondOfTwo).isNotDone();
    held.add(budget.request(SMALL, one).join());
    held.add(budget.request(BODY, one).join());
    assertThat(secondOfTwo).isNotDone();
    held.forEach(Permit::close);
    assertThat(secondOfTwo).isCompleted();
    assertThat(stranger).isCompleted();
    ofTwo.close();
  }

  @Test
  void whenPermitIsClosedTwiceThenItCountsOnce() {
    List<Permit> held = fill();
    held.get(0).close();
    held.get(0).close();
    assertThat(request(BODY)).isCompleted();
    assertThat(request(BODY)).isNotDone();
  }

  @Test
  void whenOneThatWaitsGivesUpThenThoseBehindItPass() {
    List<Permit> held = fill();
    CompletableFuture<Permit> first = request(3 * BODY);
    CompletableFuture<Permit> second = request(BODY);
    held.get(0).close();
    assertThat(second).isNotDone();
    first.cancel(false);
    assertThat(second).isCompleted();
  }

  @Test
  void whenTimeoutPassesThenNoPermitAndNothingIsTaken() throws Exception {
    List<Permit> held = fill();
    assertThat(budget.acquire(3 * BODY, Duration.ofMillis(1))).isNull();
    held.forEach(Permit::close);
    assertThat(request(3 * BODY)).isCompleted();
  }

  @Test
  void whenThreadHoldsOneThenItIsLetInAgain() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(budget.acquire(BODY, LONG)).isNotNull();
    }
  }

  @Test
  void whenManyThreadsTakeTurnsThenNoMoreThanFitAreInAtOnceAndAllPass() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(12);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        ends.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 500; n++) {
                    Permit permit = Objects.requireNonNull(budget.acquire(BODY, LONG));
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    permit.close();
                  }
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 3);
  }
}
