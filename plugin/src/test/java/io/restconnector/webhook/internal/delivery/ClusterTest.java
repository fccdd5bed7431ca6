package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.time.Duration;
import java.util.Map;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.impl.cfg.StandaloneEventRegistryEngineConfiguration;
import org.flowable.eventregistry.impl.configurator.EventRegistryEngineConfigurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes on one PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {

  private static final long CHANGE_DETECTION = 200;

  private final String url = TestDatabase.POSTGRES.url();
  private final WebhookEngine one = node();
  private final WebhookEngine two = node();

  @AfterAll
  void close() {
    two.close();
    one.close();
  }

  private WebhookEngine node() {
    EventRegistryEngineConfiguration registry =
        new StandaloneEventRegistryEngineConfiguration()
            .setEnableEventRegistryChangeDetection(true)
            .setEventRegistryChangeDetectionInitialDelayInMs(CHANGE_DETECTION)
            .setEventRegistryChangeDetectionDelayInMs(CHANGE_DETECTION);
    return WebhookEngine.on(
        TestDatabase.POSTGRES,
        url,
        engine ->
            engine.setEventRegistryConfigurator(
                new EventRegistryEngineConfigurator().setEventEngineConfiguration(registry)));
  }

  @Test
  void whenATriggerIsDeployedChangedOrDeletedOnOneNodeThenTheOtherFollows() {
    one.deploy("shared.channel", answering(201));
    awaitStatus(201);

    String newest = one.deploy("shared.channel", answering(202));
    awaitStatus(202);

    one.engine.getRepositoryService().deleteDeployment(newest, true);
    awaitStatus(201);
  }

  @Test
  void whenTheCallbackLandsOnTheOtherNodeThenItWakesTheInstance() {
    one.deploy(RaceTest.waiting("elsewhere", "<userTask id=\"next\"/>"));
    ProcessInstance instance =
        one.runtime().startProcessInstanceByKey("elsewhere", Map.of("id", "7"));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> two.post("elsewhere/7", "{}").status() == 200);

    assertThat(
            one.engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getTaskDefinitionKey())
        .isEqualTo("next");
    assertThat(one.post("elsewhere/7", "{}").status()).isEqualTo(404);
  }

  private static String answering(int status) {
    return WebhookEngine.channel(
        "shared", "shared", "\"action\": {\"type\": \"none\"}, \"status\": " + status);
  }

  private void awaitStatus(int status) {
    assertThat(one.post("shared", "{}").status()).isEqualTo(status);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(two.post("shared", "{}").status()).isEqualTo(status));
  }
}
