package io.restconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.call.GetDelegate;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.worker.internal.RestWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.idm.engine.IdmEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The connector in an embedded engine, dropped in and configured by hand. */
class RestConnectorConfiguratorTest {

  private RawServer server;
  private Set<Thread> before;

  @BeforeEach
  void start() throws Exception {
    server =
        RawServer.answering(
            RawServer.response("200 OK\r\nContent-Type: application/json", "{\"rate\":1.5}"));
    before = Thread.getAllStackTraces().keySet();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static DataSource database(AtomicBoolean gone) {
    return new DelegatingDataSource(PlainEngines.database()) {
      @Override
      public Connection getConnection() throws SQLException {
        if (gone.get()) {
          throw new SQLException("gone", "08001");
        }
        return super.getConnection();
      }
    };
  }

  private Map<String, Object> call(ProcessEngine engine, String binding) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "p.bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
              xmlns:flowable="http://flowable.org/bpmn" targetNamespace="test">
              <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
              <serviceTask id="call" %s/>
              <sequenceFlow sourceRef="call" targetRef="w"/><userTask id="w"/></process>
            </definitions>
            """
                .formatted(binding))
        .deploy();
    String instance =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("p", Map.of("restUrl", server.url("/x")))
            .getId();
    return engine.getRuntimeService().getVariables(instance);
  }

  private Map<String, Object> call(ProcessEngine engine) {
    return call(engine, "flowable:delegateExpression=\"${restGet}\"");
  }

  private List<String> connectorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("rest-connector"))
        .map(name -> name.replaceFirst("-\\d+$", ""))
        .toList();
  }

  private void awaitNothingLeft() {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              assertThat(connectorThreads()).isEmpty();
              assertThat(server.open()).isZero();
            });
  }

  @Test
  void whenTheJarIsOnlyThereThenAProcessCallsAndNothingIsLeftAfterClose() {
    ProcessEngine engine = PlainEngines.configuration().buildProcessEngine();
    try {
      assertThat(call(engine))
          .containsEntry("restStatus", 200)
          .hasEntrySatisfying("restResult", it -> assertThat(it).hasToString("{\"rate\":1.5}"));
      assertThat(server.open()).isEqualTo(1);
    } finally {
      engine.close();
    }
    awaitNothingLeft();
  }

  @Test
  void whenAddedByHandThenItsSettingsHoldAndThereIsOneClient() {
    RestConnectorSettings settings = RestConnectorSettings.defaults();
    RestConnectorConfigurator mine =
        new RestConnectorConfigurator(settings.withHttp(settings.http().withMaxResponseSize(3)));
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.addConfigurator(mine);
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      assertThatThrownBy(() -> call(engine)).hasMessageContaining("UNKNOWN_ERROR");
      assertThat(connectorThreads())
          .as("threads of one client")
          .filteredOn("rest-connector-deadline"::equals)
          .hasSize(1);
      assertThat(configuration.getAllConfigurators())
          .filteredOn(RestConnectorConfigurator.class::isInstance)
          .hasSize(2)
          .filteredOn(each -> ((RestConnectorConfigurator) each).unwrap(RestCalls.class) != null)
          .containsExactly(mine);
    } finally {
      engine.close();
    }
    awaitNothingLeft();
  }

  @Test
  void whenTheApplicationHasBeansThenTheyAreKeptAndWin() {
    Map<Object, Object> unmodifiable = Map.of("mine", "bean");
    Map<Object, Object> linked = new LinkedHashMap<>(unmodifiable);
    linked.put("restGet", (JavaDelegate) execution -> execution.setVariable("own", true));
    for (Map<Object, Object> beans : List.of(unmodifiable, linked)) {
      Map<Object, Object> copy = new HashMap<>(beans);
      ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
      configuration.setBeans(beans);
      ProcessEngine engine = configuration.buildProcessEngine();
      try {
        assertThat(call(engine)).containsKey(beans == linked ? "own" : "restStatus");
        assertThat(configuration.getBeans()).containsEntry("mine", "bean").containsKey("restPost");
        assertThat(beans).isEqualTo(copy);
      } finally {
        engine.close();
      }
    }
  }

  @Test
  void whenABeanIsAddedLaterThenProcessesSeeIt() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      configuration
          .getBeans()
          .put("late", (JavaDelegate) execution -> execution.setVariable("late", true));
      assertThat(call(engine, "flowable:delegateExpression=\"${late}\""))
          .containsEntry("late", true);
    } finally {
      engine.close();
    }
  }

  @Test
  void whenOtherEnginesConsultTheDiscoveryThenTheyAreLeftAlone() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      List<AbstractEngineConfiguration> others =
          configuration.getEngineConfigurations().values().stream()
              .filter(AbstractEngineConfiguration.class::isInstance)
              .map(AbstractEngineConfiguration.class::cast)
              .filter(each -> each != configuration)
              .collect(Collectors.toList());
      assertThat(others)
          .hasAtLeastOneElementOfType(EventRegistryEngineConfiguration.class)
          .hasAtLeastOneElementOfType(IdmEngineConfiguration.class);
      assertThat(connectorThreads()).filteredOn("rest-connector-deadline"::equals).hasSize(1);
      for (AbstractEngineConfiguration other : others) {
        assertThat(other.getBeans() == null || !(other.getBeans() instanceof BeansWithDelegates))
            .isTrue();
      }
    } finally {
      engine.close();
    }
  }

  @Test
  void whenThereAreTwoEnginesThenEachHasItsOwnClient() {
    ProcessEngine first = PlainEngines.configuration().buildProcessEngine();
    ProcessEngine second = PlainEngines.configuration().buildProcessEngine();
    try {
      assertThat(call(first)).containsEntry("restStatus", 200);
      assertThat(call(second)).containsEntry("restStatus", 200);
      assertThat(server.accepted()).isEqualTo(2);
      first.close();
      await().atMost(Duration.ofSeconds(5)).until(() -> server.open() == 1);
      assertThat(call(second)).containsEntry("restStatus", 200);
      assertThat(server.accepted()).isEqualTo(2);
    } finally {
      first.close();
      second.close();
    }
    awaitNothingLeft();
  }

  @Test
  void whenTheApplicationIsReadyBeforeTheEngineThenTheWorkerStartsWithTheEngine() {
    RestConnectorConfigurator connector =
        new RestConnectorConfigurator(RestConnectorSettings.defaults());
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.setAsyncExecutorActivate(true);
    configuration.addConfigurator(connector);
    connector.letWorkerWait();
    connector.startWorker();
    assertThat(connector.unwrap(RestWorker.class)).isNull();
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      assertThat(Objects.requireNonNull(connector.unwrap(RestWorker.class)).status().takesJobs())
          .isTrue();
    } finally {
      engine.close();
    }
    awaitNothingLeft();
  }

  @Test
  void whenOneConfiguratorIsGivenToTwoEnginesThenTheSecondIsRefusedAndTheFirstWorks() {
    RestConnectorConfigurator shared =
        new RestConnectorConfigurator(RestConnectorSettings.defaults());
    ProcessEngineConfigurationImpl first = PlainEngines.configuration();
    first.addConfigurator(shared);
    ProcessEngine engine = first.buildProcessEngine();
    try {
      assertThat(call(engine)).containsEntry("restStatus", 200); // all its threads have started
      int threads = connectorThreads().size();
      ProcessEngineConfigurationImpl second = PlainEngines.configuration();
      second.addConfigurator(shared);
      assertThatThrownBy(second::buildProcessEngine)
          .hasMessageContaining("is for one engine")
          .hasMessageContaining(first.getEngineName())
          .hasMessageContaining(second.getEngineName());
      assertThatThrownBy(first::buildProcessEngine).hasMessageContaining("is for one engine");
      assertThat(connectorThreads()).hasSize(threads);
      assertThat(call(engine)).containsEntry("restStatus", 200);
    } finally {
      engine.close();
    }
    awaitNothingLeft();

    ProcessEngineConfigurationImpl next = PlainEngines.configuration();
    next.addConfigurator(shared);
    next.buildProcessEngine().close();
    awaitNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenTheDatabaseIsGoneThenNothingIsLeftThoughTheEngineCannotClose(boolean async) {
    AtomicBoolean gone = new AtomicBoolean();
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.setDataSource(database(gone)).setAsyncExecutorActivate(async);
    ProcessEngine engine = configuration.buildProcessEngine();
    assertThat(call(engine)).containsEntry("restStatus", 200);
    assertThat(connectorThreads()).isNotEmpty();
    gone.set(true);

    assertThatThrownBy(engine::close).isInstanceOf(RuntimeException.class);
    awaitNothingLeft();
  }

  @Test
  void whenOnlyTheAsyncExecutorEndsInVainThenTheEngineGoesOn() {
    AtomicBoolean gone = new AtomicBoolean();
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.setDataSource(database(gone)).setAsyncExecutorActivate(true);
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      gone.set(true);
      assertThatThrownBy(() -> configuration.getAsyncExecutor().shutdown())
          .isInstanceOf(RuntimeException.class);
      gone.set(false);
      assertThat(call(engine)).containsEntry("restStatus", 200);
    } finally {
      engine.close();
    }
    awaitNothingLeft();
  }

  @Test
  void whenAnEngineIsClosedUnderLoadThenNoStackIsLogged() {
    LoggedEvents log;
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.setAsyncExecutorActivate(true);
    ProcessEngine engine = configuration.buildProcessEngine();
    try (SlowServer slow = SlowServer.start()) {
      engine
          .getRepositoryService()
          .createDeployment()
          .addString(
              "load.bpmn20.xml",
              """
              <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="test">
                <process id="load"><startEvent id="s"/>
                <sequenceFlow sourceRef="s" targetRef="call"/>
                <serviceTask id="call" flowable:type="external-worker" flowable:topic="restGet"/>
                <sequenceFlow sourceRef="call" targetRef="call"/></process></definitions>
              """)
          .deploy();
      for (int i = 0; i < 30; i++) {
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("load", Map.of("restUrl", slow.url("/delay/1")));
      }
      await().until(() -> slow.seen().size() > 100);
      log = LoggedEvents.of(Logger.ROOT_LOGGER_NAME);
      try (log) {
        engine.close();
      }
    }
    assertThat(log.events()).filteredOn(line -> line.getThrowableProxy() != null).isEmpty();
    awaitNothingLeft();
  }

  @Test
  void whenTheEngineCannotStartThenNothingIsLeft() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.setDatabaseSchemaUpdate("false");
    assertThatThrownBy(configuration::buildProcessEngine).isInstanceOf(RuntimeException.class);
    assertThat(connectorThreads()).isEmpty();
  }

  @Test
  void whenDiscoveryIsOffAndNothingWasAddedThenTheErrorSaysSo() {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.setEnableConfiguratorServiceLoader(false);
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      assertThatThrownBy(
              () -> call(engine, "flowable:class=\"%s\"".formatted(GetDelegate.class.getName())))
          .hasMessageContaining("configurator discovery is off")
          .hasMessageContaining("RestConnectorConfigurator");
    } finally {
      engine.close();
    }
  }
}
