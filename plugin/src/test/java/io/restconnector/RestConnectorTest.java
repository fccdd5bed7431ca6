package io.restconnector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.ShareSettings;
import io.restconnector.journal.Overview;
import io.restconnector.journal.RefusedOperationException;
import io.restconnector.model.Finding;
import io.restconnector.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The connector of an engine, for people who may look and not touch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestConnectorTest {

  private static final RestConnectorSettings SETTINGS = settings();

  private ProcessEngine engine;
  private RestConnector connector;

  private static RestConnectorSettings settings() {
    RestConnectorSettings defaults = RestConnectorSettings.defaults();
    return defaults.withHttp(
        defaults
            .http()
            .withAccess(
                AccessSettings.defaults()
                    .withSecrets(Map.of("key", Secret.of("open sesame")))
                    .withAuthentications(
                        Map.of(
                            "crm", AuthenticationSettings.bearer("key"),
                            "aps", AuthenticationSettings.bearer("key")))
                    .withShares(Map.of("partner", new ShareSettings(List.of("h"), 1, null)))));
  }

  @BeforeAll
  void start() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.addConfigurator(new RestConnectorConfigurator(SETTINGS));
    engine = configuration.buildProcessEngine();
    connector = RestConnector.of(engine);
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenAnEngineHasNoConnectorThenThatIsSaid() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.addConfigurator(new NoRestConnector());
    ProcessEngine without = configuration.buildProcessEngine();
    try {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RestConnector.of(without))
          .withMessage("This engine has no REST connector");
    } finally {
      without.close();
    }
  }

  Stream<Arguments> actions() {
    return Stream.<Runnable>of(
            () -> connector.replay(0),
            () -> connector.send("p", "a", Map.of()),
            () -> connector.retry("job"),
            () -> connector.earlyEvents().drop(1))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("actions")
  void whenActionsAreNotAllowedThenTheRefusalNamesTheSetting(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOf(RefusedOperationException.class)
        .hasMessage(
            "This changes something, which rest-connector.operations.actions does not allow");
  }

  @Test
  void whenOneOnlyLooksThenNothingIsRefusedForTheSetting() {
    assertThat(connector.deadLetters(null)).isEmpty();
    assertThat(connector.triggers()).isEmpty();
    assertThat(connector.earlyEvents().count()).isZero();
    assertThat(connector.journal().calls()).isEmpty();
    assertThatThrownBy(() -> connector.explain(7)).hasMessage("The journal has no request 7");
    assertThatThrownBy(() -> connector.preview("p", "a", Map.of()))
        .hasMessage("There is no process definition 'p'");
  }

  @Test
  void whenNothingHasHappenedThenTheOverviewHasTheSettings() {
    assertThat(connector.overview())
        .isEqualTo(
            new Overview(
                "/rest-connector/events",
                List.of(),
                Map.of(),
                new Overview.Connections(0, 0, 0),
                Map.of("partner", new Overview.Share(0, 0, Duration.ZERO)),
                new Overview.Worker(false, true, 0, Duration.ZERO),
                0,
                List.of("aps", "crm"),
                "STANDARD",
                false));
  }

  private static InputStream task(String authentication) {
    return new ByteArrayInputStream(
        Bpmn.process(
                "p",
                """
                <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
                <serviceTask id="t" flowable:delegateExpression="${restGet}"><extensionElements>
                %s%s</extensionElements></serviceTask>
                """
                    .formatted(
                        Bpmn.string("restUrl", "http://a.test/"),
                        Bpmn.string("authentication", authentication)))
            .getBytes(UTF_8));
  }

  @Test
  void whenAModelIsCheckedForANodeThenItsAuthenticationsCount() {
    assertThat(RestConnector.check(task("none"))).isEmpty();
    assertThat(RestConnector.check(task("none"), SETTINGS))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.severity()).isEqualTo(Finding.Severity.ERROR);
              assertThat(found.field()).isEqualTo("authentication");
            });
  }

  @Test
  void whenTheModelIsNoneThenThatIsSaid() {
    for (String text : List.of("", "{}", "<a/>")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RestConnector.check(new ByteArrayInputStream(text.getBytes(UTF_8))))
          .withMessage("What is to be checked is no BPMN 2.0 XML");
    }
  }
}
