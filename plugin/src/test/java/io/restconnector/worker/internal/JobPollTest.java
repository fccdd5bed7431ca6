package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.http.HttpSettings;
import io.restconnector.internal.Tracing;
import io.restconnector.worker.WorkerSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The turns of the one thread, which is that of the test: each ends where the test says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(20) // what is not woken would wait for the next poll
class JobPollTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

  /** Nothing happens here because of a poll or a renewal. */
  private static final WorkerSettings SETTINGS =
      WorkerEngine.NO_POLL.withLockDuration(Duration.ofHours(3));

  private final LockedJobs jobs = new LockedJobs();
  private final DatabaseWatch database =
      new DatabaseWatch(jobs.locks::tryToWrite, () -> {}, Duration.ofMillis(1).toNanos());
  private final LoggedEvents log = LoggedEvents.of(JobPoll.class);
  private final List<Long> turns = new ArrayList<>();
  private InFlightJobs runner = runner();
  private int room = 100;
  private boolean takesJobs = true;
  private WorkerSettings settings = SETTINGS;
  private Runnable beforeRenewal = () -> {};
  private JobPoll poll;

  JobPollTest() {
    jobs.node.deployCall("p", "restGet", "");
  }

  /** Keeps the jobs that it is given, and sends nothing. */
  private InFlightJobs runner() {
    InFlightJobs stopped =
        new InFlightJobs(
            jobs.store,
            jobs.locks,
            database,
            jobs.calls(),
            HttpSettings.defaults(),
            Tracing.OFF,
            () -> {},
            () -> {},
            Duration.ofHours(1));
    stopped.stop();
    return stopped;
  }

  @BeforeEach
  void prepare() {
    poll = poll(JobPollTest::nothing);
  }

  @AfterEach
  void next() throws InterruptedException {
    jobs.clear();
    runner.close(0);
    runner = runner();
    room = 100;
    takesJobs = true;
    settings = SETTINGS;
    beforeRenewal = () -> {};
    turns.clear();
    log.clear();
  }

  @AfterAll
  void close() throws InterruptedException {
    runner.close(0);
    jobs.close();
    log.close();
  }

  /** A poll whose turns begin with these, and that is closed in the last one. */
  private JobPoll poll(Runnable... inTurns) {
    Iterator<Runnable> left = List.of(inTurns).iterator();
    poll =
        new JobPoll(
            settings,
            jobs.locks,
            database,
            runner,
            () -> room,
            () -> {
              turns.add(System.nanoTime());
              Runnable inTurn = left.next();
              if (!left.hasNext()) {
                poll.close();
              }
              inTurn.run();
              return takesJobs;
            },
            () -> beforeRenewal.run());
    return poll;
  }

  private void run(Runnable... inTurns) {
    poll(inTurns).run();
  }

  private static void nothing() {}

  private static Runnable failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  private String begin() {
    return jobs.node.begin("p", "https://h/");
  }

  private List<String> owners() {
    return jobs.node.jobs().stream().map(each -> String.valueOf(each.getLockOwner())).toList();
  }

  private void at(int second) {
    jobs.engine.getClock().setCurrentTime(Date.from(NOW.plusSeconds(second)));
  }

  @Test
  void whenJobsAreFreeThenTheyAreTakenAndAreFreeAgainAtTheEnd() {
    begin();
    begin();

    run(JobPollTest::nothing);

    assertThat(runner.size()).isEqualTo(2);
    assertThat(owners()).containsExactly("null", "null");
    assertThat(poll.queueAge()).isZero();
    assertThat(poll.isFailing()).isFalse();
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // room, whether jobs are taken, those of three that are, age of the oldest that waits
    "100, true, 3, 0",
    "3, true, 3, 7", // whether there are more is not known
    "2, true, 2, 8",
    "0, true, 0, 9",
    "-1, true, 0, 9",
    "100, false, 0, 0",
  })
  void whenThereIsRoomForSomeThenTheOldestAreTaken(int free, boolean takes, int taken, int age) {
    for (int second = 1; second <= 3; second++) {
      at(second);
      begin();
    }
    at(10);
    room = free;
    takesJobs = takes;

    run(JobPollTest::nothing);

    assertThat(runner.size()).isEqualTo(taken);
    assertThat(poll.queueAge()).isEqualTo(Duration.ofSeconds(age));
  }

  @Test
  void whenNoJobsAreToBeTakenAnyMoreThenNoneIsSaidToWait() {
    at(0);
    begin();
    at(5);
    room = 0;
    List<Duration> ages = new ArrayList<>();

    run(
        () -> poll.wake(),
        () -> {
          ages.add(poll.queueAge());
          takesJobs = false;
        });

    assertThat(ages).containsExactly(Duration.ofSeconds(5));
    assertThat(poll.queueAge()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // room, max-in-flight, whether a job was left, whether that wakes the thread
    "1, 4, true, true",
    "1, 5, true, false",
    "2, 5, true, true",
    "99, 1000, true, false",
    "100, 1000, true, true",
    "100, 4, false, false",
    "0, 1, true, false",
  })
  void whenThereIsRoomForManyOfThoseThatWaitThenTheyAreLookedForAtOnce(
      int free, int most, boolean isLeft, boolean isWoken) {
    Duration interval = isWoken ? Duration.ofHours(1) : Duration.ofMillis(50);
    settings = settings.withMaxInFlight(most).withPollInterval(interval);
    takesJobs = false;
    room = free;
    poll(JobPollTest::nothing, JobPollTest::nothing);
    if (isLeft) {
      poll.leftWaiting();
    }
    poll.roomGrew();

    poll.run();

    assertThat(turns).hasSize(2);
    if (!isWoken) {
      assertThat(turns.get(1) - turns.get(0)).isGreaterThanOrEqualTo(interval.toNanos());
    }
  }

  @Test
  void whenTheThreadWasWokenSeveralTimesThenItTakesOneMoreTurn() {
    settings = settings.withPollInterval(Duration.ofMillis(50));
    takesJobs = false;
    poll(JobPollTest::nothing, JobPollTest::nothing, JobPollTest::nothing);
    poll.wake();
    poll.wake();

    poll.run();

    assertThat(turns.get(2) - turns.get(1)).isGreaterThanOrEqualTo(50_000_000);
  }

  @Test
  void whenSomethingElseThanTheDatabaseFailsThenThatIsToldOnceUntilATurnSucceeds() {
    List<Boolean> failing = new ArrayList<>();
    beforeRenewal = () -> failing.add(poll.isFailing());
    IllegalStateException failure = new IllegalStateException("of the test");
    Runnable fails =
        () -> {
          poll.wake(); // the pause before the next try ends at once
          throw failure;
        };

    run(fails, fails, () -> poll.wake(), fails, JobPollTest::nothing);

    assertThat(failing).containsExactly(true, true, true);
    assertThat(poll.isFailing()).isFalse();
    assertThat(database.isUnavailable()).isFalse();
    assertThat(log.messages())
        .containsExactly(
            "The REST worker cannot reach its jobs and tries again",
            "The REST worker cannot reach its jobs and tries again");
  }

  @Test
  void whenItFailsInTheLastTurnThenLocksAreGivenBackAllTheSame() {
    jobs.begin("p");

    run(
        () -> {
          poll.wake();
          throw new IllegalStateException("of the test");
        });

    assertThat(owners()).containsExactly("null");
    assertThat(poll.isFailing()).isTrue();
  }

  @Test
  void whenTheDatabaseIsLostThenItIsWrittenToBeforeJobsAreTaken() {
    begin();
    List<Boolean> unavailable = new ArrayList<>();
    beforeRenewal = () -> unavailable.add(database.isUnavailable());

    run(
        failing(new IllegalStateException(new SQLException("x", "08006"))),
        () -> unavailable.add(database.isUnavailable()));

    assertThat(unavailable).containsExactly(true, false);
    assertThat(runner.size()).isEqualTo(1);
    assertThat(poll.isFailing()).isFalse();
    assertThat(log.messages()).isEmpty(); // it is told elsewhere, once for all
  }

  @Test
  void whenTheNodeStopsThenWhatIsNotSentIsGivenBackBeforeTheEnd() {
    Job job = jobs.begin("p");
    runner.take(List.of(job), System.nanoTime());
    takesJobs = false;
    List<String> owners = new ArrayList<>();
    poll(() -> owners.addAll(owners()));
    poll.stop();

    poll.run();

    assertThat(owners).containsExactly("null");
    assertThat(runner.size()).isZero();
  }

  @Test
  void whenTheThreadIsInterruptedThenItGoesOn() {
    takesJobs = false;

    run(() -> Thread.currentThread().interrupt(), JobPollTest::nothing);

    assertThat(turns).hasSize(2);
    assertThat(Thread.interrupted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "2, true"})
  void whenLocksCannotBeGivenBackThenThatIsToldOfJobsThatAreThere(int count, boolean isTold) {
    List<Boolean> released = new ArrayList<>();
    JobPoll.giveBack(count, () -> released.add(true));
    assertThat(released).hasSize(1);
    assertThat(log.messages()).isEmpty();

    JobPoll.giveBack(count, failing(new IllegalStateException("away")));
    JobPoll.giveBack(
        count,
        () -> {
          throw new AssertionError("away");
        });

    String told =
        count + " jobs stay locked until their locks expire, as the database is unavailable";
    assertThat(
            log.events().stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(event -> Objects.toString(event.getFormattedMessage())))
        .isEqualTo(isTold ? List.of(told, told) : List.of());
  }

  @Test
  void whenItIsClosedBeforeItRunsThenItTakesNoTurn() {
    begin();
    poll(JobPollTest::nothing);
    poll.close();

    poll.run();

    assertThat(turns).isEmpty();
    assertThat(runner.size()).isZero();
  }
}
