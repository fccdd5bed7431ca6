package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoggedEvents;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether it is the database that keeps answers from being written. */
class DatabaseWatchTest {

  private final RuntimeException outage = new IllegalStateException(new SQLException("x", "08006"));
  private final RuntimeException fault = new IllegalStateException("of what is written");
  private static final long LONGEST = Duration.ofMillis(700).toNanos();

  private final LoggedEvents log = LoggedEvents.of(DatabaseWatch.class);
  private boolean takesWrites = true;
  private int tries;
  private int lost;
  private final DatabaseWatch watch =
      new DatabaseWatch(
          () -> {
            tries++;
            if (!takesWrites) {
              throw fault;
            }
          },
          () -> lost++,
          LONGEST);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void whenWhatIsWrittenIsAtFaultThenTheDatabaseIsNot() {
    assertThat(watch.isCauseOf(fault)).isFalse();

    assertThat(tries).isEqualTo(1);
    assertThat(watch.isUnavailable()).isFalse();
    assertThat(lost).isZero();
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void whenTheConnectionIsLostThenNobodyElseAsksTheDatabase() {
    assertThat(watch.isCauseOf(outage)).isTrue();
    assertThat(watch.isUnavailable()).isTrue();
    assertThat(watch.isCauseOf(fault)).isTrue();

    assertThat(tries).isZero();
    assertThat(lost).isEqualTo(1);
    assertThat(log.messages())
        .singleElement()
        .asString()
        .contains("(SQLSTATE 08006, code 0): answers wait in memory");
  }

  @Test
  void whenTheDatabaseTakesNoWritesThenItIsTheCauseWhateverFailed() {
    takesWrites = false;

    assertThat(watch.isCauseOf(fault)).isTrue();
    assertThat(watch.isUnavailable()).isTrue();
    assertThat(log.messages()).singleElement().asString().contains("(SQLSTATE unknown, code 0)");
  }

  @Test
  void whenItAnswersAgainThenThatIsToldOnceAndOnlyWhenSomethingIsWritten() {
    watch.hasWritten();
    watch.isCauseOf(outage);
    watch.hasWritten(); // by a transaction that began before
    watch.answers();

    assertThat(watch.isUnavailable()).isFalse();
    assertThat(log.messages()).hasSize(1);

    watch.isCauseOf(outage); // before anything was written: no new line
    watch.answers();
    watch.hasWritten();
    watch.hasWritten();

    assertThat(log.messages()).hasSize(2);
    assertThat(log.messages().get(1))
        .isEqualTo("The database accepts writes again, the REST worker continues");
    watch.isCauseOf(outage);
    assertThat(log.messages()).hasSize(3);
  }

  @Test
  void whenItStaysAwayThenTheNextTryComesLaterUpToALimit() {
    watch.isCauseOf(outage);
    assertThat(watch.retryIn()).isLessThanOrEqualTo(Duration.ofMillis(200).toNanos());

    for (int i = 0; i < 10; i++) {
      long begun = System.nanoTime();
      watch.postpone();
      long wait = watch.retryIn() + (System.nanoTime() - begun);
      assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(i == 0 ? 400 : 700).toNanos());
      assertThat(watch.retryIn()).isLessThanOrEqualTo(LONGEST);
    }
    watch.answers();
    watch.hasWritten();
    watch.isCauseOf(outage);
    assertThat(watch.retryIn()).isLessThanOrEqualTo(Duration.ofMillis(200).toNanos());
  }
}
