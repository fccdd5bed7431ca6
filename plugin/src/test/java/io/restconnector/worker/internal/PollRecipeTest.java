package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowable.common.engine.impl.util.DefaultClockImpl;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipe of a service that answers later: the file that docs/recipes.md shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PollRecipeTest {

  private static final Path FILE =
      Path.of("src/test/resources/recipe-processes/conversion.bpmn20.xml");
  private static final String RUNNING = "200 {\"state\":\"running\"}";

  private final Ahead clock = new Ahead();
  private WorkerEngine node;

  /** What the test need not wait for has passed. */
  private static final class Ahead extends DefaultClockImpl {
    private volatile Duration passed = Duration.ZERO;

    @Override
    public Date getCurrentTime() {
      return Date.from(now());
    }

    private Instant now() {
      return Instant.now().plus(passed);
    }
  }

  @BeforeAll
  void start() throws IOException {
    var worker =
        WorkerSettings.defaults()
            .withPollInterval(Duration.ofMillis(20))
            .withLockDuration(Duration.ofDays(1));
    var configuration =
        WorkerEngine.configuration(
            PlainEngines.database(), RestConnectorSettings.defaults().withWorker(worker));
    configuration.setClock(clock);
    node = WorkerEngine.start(configuration);
    node.engine
        .getRepositoryService()
        .createDeployment()
        .addString("conversion.bpmn20.xml", Bpmn.definitions(Files.readString(FILE)))
        .deploy();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "202 {}                   | 200 {\"state\":\"done\",\"document\":\"d2\"} | read | 3 | d2",
        "202 {}                   | 200 {\"state\":\"failed\"}                 | look | 3 | -",
        "202 {}                   | 410 {}                                   | look | 3 | -",
        "202 {\"state\":\"running\"} | 500 {}                                   | look | 3 | -",
        "200 {\"state\":\"done\",\"document\":\"d1\"} | -                          | read | 0 | d1",
        "503 {}                   | -                                        | look | 0 | -",
      })
  void whenTheServiceHasAnsweredThenTheProcessGoesOnWithTheResult(
      String first, String last, String task, int questions, String converted) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer service =
        RawServer.start(
            RawServer.replying(
                request ->
                    request.startsWith("POST")
                        ? answer(first)
                        : answer(asked.incrementAndGet() < 3 ? RUNNING : last)))) {
      String instance =
          node.begin("conversion", Map.of("backend", service.url(""), "document", "d1"));

      assertThat(taskOf(instance)).isEqualTo(task);
      assertThat(service.requests()).hasSize(1 + questions);
      assertThat(service.requests().get(0))
          .startsWith("POST /conversions ")
          .endsWith("{\"document\":\"d1\"}");
      assertThat(service.requests().subList(1, 1 + questions))
          .allMatch(request -> request.startsWith("GET /conversions/7 "));
      assertThat(node.variable(instance, "converted")).isEqualTo(converted);
    }
  }

  private static String answer(String statusAndBody) {
    return RawServer.response(
        statusAndBody.substring(0, 3)
            + " Said\r\nLocation: /conversions/7\r\nContent-Type: application/json",
        statusAndBody.substring(4));
  }

  /** Waits for it, and lets the time pass in which nothing but the next question is awaited. */
  private String taskOf(String instance) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              node.jobs().stream()
                  .filter(job -> job.getLockOwner() == null && job.getLockExpirationTime() != null)
                  .filter(job -> job.getLockExpirationTime().toInstant().isAfter(clock.now()))
                  .forEach(job -> clock.passed = clock.passed.plusSeconds(5));
              List<Task> tasks =
                  node.engine.getTaskService().createTaskQuery().processInstanceId(instance).list();
              return tasks.isEmpty() ? "" : tasks.get(0).getTaskDefinitionKey();
            },
            task -> !task.isEmpty());
  }
}
