package io.restconnector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Test classes that share an extension, with two contexts that Spring keeps. */
class SpringContextsTest {

  private static final List<ProcessEngine> ENGINES = new ArrayList<>();

  @Test
  void whenClassesShareAnExtensionThenWebhooksGoToTheEngineOfEach() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter("junit.jupiter.testclass.order.default", ORDER)
            .selectors(selectClass(First.class), selectClass(Other.class), selectClass(Third.class))
            .execute()
            .testEvents();

    tests.assertStatistics(counts -> counts.succeeded(3));
    assertThat(ENGINES.get(0)).isNotSameAs(ENGINES.get(1)).isSameAs(ENGINES.get(2));
  }

  private static final String ORDER = "org.junit.jupiter.api.ClassOrderer$ClassName";

  @Test
  void whenTheFieldIsNotStaticThenItIsRefused() {
    assertThatThrownBy(() -> SpringTestFields.find(InstanceField.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The field 'rest' of InstanceField must be static in a test of Spring");
  }

  @Test
  void whenAnInterfaceHasTheFieldThenItIsFound() {
    assertThat(SpringTestFields.find(First.class)).isSameAs(Shared.rest);
    assertThat(SpringTestFields.find(SpringContextsTest.class)).isNull();
  }

  static class InstanceField {
    @RegisterExtension final RestConnectorExtension rest = new RestConnectorExtension();
  }

  interface Shared {
    @RegisterExtension RestConnectorExtension rest = new RestConnectorExtension();
  }

  /** Deploys a trigger if the engine has none: only that engine answers with its name. */
  abstract static class Deploying implements Shared {

    @Autowired ProcessEngine engine;

    @Test
    void whenARequestIsSentThenTheEngineOfThisContextAnswers() {
      String key = "t" + System.identityHashCode(engine);
      if (!ENGINES.contains(engine)) {
        engine
            .getRepositoryService()
            .createDeployment()
            .addString(
                key + ".channel",
                """
                {"key": "%1$s", "channelType": "inbound", "type": "webhook", "path": "%1$s",
                 "action": {"type": "none"}}
                """
                    .formatted(key))
            .deploy();
      }

      assertThat(rest.webhook("/" + key).json("{}").send().status()).isEqualTo(200);
    }

    @AfterEach
    void remember() {
      ENGINES.add(engine);
    }
  }

  @SpringBootTest(
      classes = SpringTest.Application.class,
      webEnvironment = SpringBootTest.WebEnvironment.NONE,
      properties = "spring.datasource.url=jdbc:h2:mem:first")
  static class First extends Deploying {}

  @SpringBootTest(
      classes = SpringTest.Application.class,
      webEnvironment = SpringBootTest.WebEnvironment.NONE,
      properties = "spring.datasource.url=jdbc:h2:mem:other")
  static class Other extends Deploying {}

  @SpringBootTest(
      classes = SpringTest.Application.class,
      webEnvironment = SpringBootTest.WebEnvironment.NONE,
      properties = "spring.datasource.url=jdbc:h2:mem:first")
  static class Third extends Deploying {}
}
