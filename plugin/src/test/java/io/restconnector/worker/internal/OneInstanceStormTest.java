package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.SlowServer.Seen;
import io.restconnector.http.HttpSettings;
import io.restconnector.worker.WorkerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All answers of one instance want the same rows, on two nodes at once. */
@Tag("cluster")
class OneInstanceStormTest {

  private static final int CALLS = 500;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenManyCallsOfOneInstanceAreAnsweredTogetherThenAllAreDoneOnce(boolean exclusive)
      throws Exception {
    RestConnectorSettings settings =
        RestConnectorSettings.defaults()
            .withHttp(
                HttpSettings.defaults()
                    .withMaxConnections(CALLS, CALLS)
                    .withDefaultTimeout(Duration.ofMinutes(10)))
            .withWorker(
                WorkerSettings.defaults()
                    .withMaxInFlight(CALLS / 2)
                    .withPollInterval(Duration.ofMillis(100)));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        SlowServer server = SlowServer.start();
        WorkerEngine node = WorkerEngine.start(postgres.getPostgresDatabase(), settings);
        WorkerEngine other = WorkerEngine.start(postgres.getPostgresDatabase(), settings)) {
      node.deploy(
          "storm",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" flowable:type="external-worker" flowable:topic="restPost"
            flowable:exclusive="%s"><extensionElements>
            <flowable:field name="outputScope" stringValue="local"/></extensionElements>
            <multiInstanceLoopCharacteristics isSequential="false">
              <loopCardinality>%d</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>
          <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
          """
              .formatted(exclusive, CALLS));
      String instance = node.begin("storm", server.url("/hold"));
      await().atMost(Duration.ofMinutes(2)).until(() -> server.open() == CALLS);
      assertThat(other.worker().status().inFlight()).isPositive();
      server.releaseAll();

      await().atMost(Duration.ofMinutes(5)).until(() -> node.tasks() == 1);
      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(server.seen()).hasSize(CALLS);
      assertThat(server.seen().stream().map(Seen::key).distinct()).hasSize(CALLS);
      assertThat(node.jobs()).isEmpty();
    }
  }
}
