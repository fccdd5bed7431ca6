package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.http.ShareSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.flowable.engine.ProcessEngine;
import org.flowable.job.api.ExternalWorkerJob;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ByteArrayResource;

/** The recipe of a service that takes only so much: the settings that docs/recipes.md shows. */
class ShareRecipeTest {

  private static final String TASK =
      """
      <startEvent id="start"/><sequenceFlow sourceRef="start" targetRef="call"/>
      <serviceTask id="call" %s/><sequenceFlow sourceRef="call" targetRef="done"/>
      <userTask id="done"/>
      <boundaryEvent id="error" attachedToRef="call"><errorEventDefinition/></boundaryEvent>
      <sequenceFlow sourceRef="error" targetRef="failed"/><userTask id="failed"/>
      """;
  private static final String EXTERNAL =
      TASK.formatted("flowable:type=\"external-worker\" flowable:topic=\"restGet\"");
  private static final String DELEGATE =
      TASK.formatted("flowable:delegateExpression=\"${restGet}\"");

  @EnableAutoConfiguration
  static class Application {}

  @Test
  void whenTheServiceSaysThatItIsBusyThenItsCallsWaitAndNoOthers() throws Exception {
    String busy = RawServer.response("429 Busy\r\nRetry-After: 3600", "");
    try (RawServer partner = RawServer.answering(busy);
        RawServer other = RawServer.answering(RawServer.response("200 OK", "{}"))) {
      new ApplicationContextRunner()
          .withPropertyValues("spring.datasource.url=" + TestDatabase.H2.url())
          .withPropertyValues(settings(partner))
          .withUserConfiguration(Application.class)
          .run(
              context -> {
                ProcessEngine engine = context.getBean(ProcessEngine.class);
                assertThat(shares(context.getBean(RestConnectorConfigurator.class)))
                    .isEqualTo(
                        Map.of("partner", new ShareSettings(List.of(partner.url("")), 10, 25.0)));
                engine
                    .getRepositoryService()
                    .createDeployment()
                    .addString("external.bpmn20.xml", Bpmn.process("external", EXTERNAL))
                    .addString("delegate.bpmn20.xml", Bpmn.process("delegate", DELEGATE))
                    .deploy();

                String first = begin(engine, "external", partner, 60_000);
                await().until(() -> task(engine, first).equals("failed"));
                assertThat(variable(engine, first, "restStatus")).isEqualTo(429);

                String waits = begin(engine, "external", partner, 1); // which does not run yet
                await().until(() -> waitsForTheShare(engine, waits));
                String overtakes = begin(engine, "external", other, 60_000);
                await().until(() -> task(engine, overtakes).equals("done"));
                String inTransaction = begin(engine, "delegate", partner, 300);

                assertThat(task(engine, inTransaction)).isEqualTo("failed");
                assertThat(variable(engine, inTransaction, "restError"))
                    .asString()
                    .contains("300 ms", "share", "partner");
                assertThat(waitsForTheShare(engine, waits)).isTrue();
                assertThat(partner.requests()).hasSize(1);
              });
    }
  }

  /** Those of the page, with the address of this service for the host. */
  private static String[] settings(RawServer service) throws Exception {
    List<String> shown =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(Files.readString(Path.of("../docs/recipes.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(shown).singleElement().asString().contains("[api.partner.example]");
    String yaml = shown.get(0).replace("api.partner.example", '"' + service.url("") + '"');
    YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
    factory.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    return Objects.requireNonNull(factory.getObject()).entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .toArray(String[]::new);
  }

  private static Map<String, ShareSettings> shares(RestConnectorConfigurator connector) {
    return Objects.requireNonNull(connector.unwrap(RestConnectorSettings.class))
        .http()
        .access()
        .shares();
  }

  private static String begin(
      ProcessEngine engine, String process, RawServer service, int timeout) {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey(process, Map.of("restUrl", service.url("/"), "timeout", timeout))
        .getId();
  }

  private static String task(ProcessEngine engine, String instance) {
    return engine.getTaskService().createTaskQuery().processInstanceId(instance).list().stream()
        .map(task -> task.getTaskDefinitionKey())
        .findFirst()
        .orElse("");
  }

  private static Object variable(ProcessEngine engine, String instance, String name) {
    return engine.getRuntimeService().getVariable(instance, name);
  }

  private static boolean waitsForTheShare(ProcessEngine engine, String instance) {
    ExternalWorkerJob job =
        engine
            .getManagementService()
            .createExternalWorkerJobQuery()
            .processInstanceId(instance)
            .singleResult();
    return job != null
        && job.getLockExpirationTime() == null
        && "rest-connector-share-partner".equals(job.getLockOwner());
  }
}
