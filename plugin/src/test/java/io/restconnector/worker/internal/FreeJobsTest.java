package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.PlainEngines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreeJobsTest {

  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
  private static final Duration LOCK = Duration.ofSeconds(60);
  private static final int MANY = 100;

  private final DataSource database = PlainEngines.database();
  private WorkerEngine engine;
  private FreeJobs jobs;

  @BeforeEach
  void start() {
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(database, RestConnectorSettings.defaults());
    configuration.setAsyncExecutorActivate(false);
    engine = WorkerEngine.start(configuration);
    engine.deployCall("call", "restGet", "").deployCall("other", "invoices", "");
    jobs = free(List.of("known"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whenNobodyHasAJobThenItIsFoundTheOldestFirst() throws SQLException {
    String younger = job("call", 1, null, null);
    String oldest = job("call", 3, null, null);
    String expired = job("call", 2, "node", NOW.minusSeconds(1));

    assertThat(find(MANY)).containsExactly(oldest, expired, younger);
    assertThat(find(2)).containsExactly(oldest, expired);
  }

  @Test
  void whenAWaitHasEndedThenTheJobStandsInLineSinceThen() throws SQLException {
    String dueAfterwards = job("call", 10, null, NOW.minusSeconds(1));
    String created = job("call", 2, null, null);
    String dueBefore = job("call", 1, null, NOW.minusSeconds(3));

    assertThat(find(MANY)).containsExactly(dueBefore, created, dueAfterwards);
    assertThat(find(2)).containsExactly(dueBefore, created);
  }

  @Test
  void whenAJobIsLockedOrHasToWaitOrIsOfAnotherTopicThenItIsNotFound() throws SQLException {
    job("call", 1, "node", NOW.plusSeconds(1));
    job("call", 2, null, NOW.plusSeconds(1));
    job("call", 3, FreeJobs.mark("known"), null);
    job("other", 4, null, null);
    job("other", 5, "node", NOW.minusSeconds(1));

    assertThat(find(MANY)).isEmpty();
  }

  @Test
  void whenAJobWaitsForAShareThenItIsFoundForThatShareTheOldestFirst() throws SQLException {
    String younger = job("call", 1, FreeJobs.mark("known"), null);
    String oldest = job("call", 3, FreeJobs.mark("known"), null);
    job("call", 4, FreeJobs.mark("unknown"), null);
    job("call", 5, null, null);

    assertThat(left("known", MANY)).containsExactly(oldest, younger);
    assertThat(left("known", 1)).containsExactly(oldest);
  }

  @Test
  void whenAJobWaitsForAShareThatThisNodeDoesNotKnowThenItIsFoundAtOnceAndAgainLater()
      throws SQLException {
    String forgotten = job("call", 1, FreeJobs.mark("unknown"), null);

    assertThat(find(MANY)).containsExactly(forgotten);
    assertThat(find(MANY)).isEmpty(); // not looked for each time

    jobs = new FreeJobs(engine.configuration(), Duration.ZERO, List.of("known"));
    assertThat(find(MANY)).containsExactly(forgotten);
    assertThat(find(MANY)).containsExactly(forgotten);

    jobs = free(List.of());
    assertThat(find(MANY)).containsExactly(forgotten);
  }

  @Test
  void whenMoreJobsAreForgottenThanThereIsRoomForThenTheNextSearchLooksForThemAgain()
      throws SQLException {
    String younger = job("call", 1, FreeJobs.mark("unknown"), null);
    String oldest = job("call", 2, FreeJobs.mark("unknown"), null);

    assertThat(find(1)).containsExactly(oldest);
    assertThat(find(MANY)).containsExactly(oldest, younger);
    assertThat(find(MANY)).isEmpty();
  }

  private FreeJobs free(List<String> shares) {
    return new FreeJobs(engine.configuration(), LOCK, shares);
  }

  private List<String> find(int limit) {
    return ids(context -> jobs.find(context, Date.from(NOW), limit));
  }

  private List<String> left(String share, int limit) {
    return ids(context -> jobs.left(context, share, limit));
  }

  private List<String> ids(Function<CommandContext, List<Job>> search) {
    return engine.configuration().getCommandExecutor().execute(search::apply).stream()
        .map(Job::id)
        .toList();
  }

  /** The id of a new job. */
  private String job(String process, int age, @Nullable String owner, @Nullable Instant until)
      throws SQLException {
    String instance = engine.begin(process, Map.of("restUrl", "http://127.0.0.1/"));
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update ACT_RU_EXTERNAL_JOB set CREATE_TIME_ = ?, LOCK_OWNER_ = ?,"
                    + " LOCK_EXP_TIME_ = ? where PROCESS_INSTANCE_ID_ = ?")) {
      update.setTimestamp(1, Timestamp.from(NOW.minusSeconds(age)));
      update.setString(2, owner);
      update.setTimestamp(3, until == null ? null : Timestamp.from(until));
      update.setString(4, instance);
      update.executeUpdate();
    }
    return engine.jobs().stream()
        .filter(job -> job.getProcessInstanceId().equals(instance))
        .findFirst()
        .orElseThrow()
        .getId();
  }
}
