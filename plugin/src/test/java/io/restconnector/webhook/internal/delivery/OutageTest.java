package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.TestDatabase;
import io.restconnector.webhook.TestEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A database that gives no connection in time. */
class OutageTest {

  private static final int CONNECTIONS = 4;

  @Test
  void whenThePoolOfAPlainEngineIsEmptyThenTheSenderIsToldToComeAgain() throws SQLException {
    try (HikariDataSource pool = pool();
        TestEngine engine =
            TestEngine.on(
                TestDatabase.H2,
                pool.getJdbcUrl(),
                each -> {
                  each.setDataSource(pool);
                  each.setIdGenerator(new StrongUuidGenerator());
                })) {
      check(engine, pool);
    }
  }

  @Test
  void whenThePoolOfASpringEngineIsEmptyThenTheSenderIsToldToComeAgain() throws SQLException {
    try (HikariDataSource pool = pool();
        TestEngine engine = TestEngine.of(spring(pool))) {
      check(engine, pool);
    }
  }

  private static SpringProcessEngineConfiguration spring(HikariDataSource pool) {
    SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
    configuration.setDataSource(pool);
    configuration.setTransactionManager(new DataSourceTransactionManager(pool));
    configuration.setDatabaseSchemaUpdate("true");
    return configuration;
  }

  private static void check(TestEngine engine, HikariDataSource pool) throws SQLException {
    engine.deploy(
        "start.channel",
        TestEngine.channel(
            "start",
            "start",
            "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"p\"}"),
        "told.channel",
        TestEngine.channel("told", "told", "\"channelEventKeyDetection\": {\"fixedValue\": \"e\"}"),
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <userTask id="t"/></process>
        """);
    assertThat(engine.post("start", "{}").status()).isEqualTo(200);
    List<Connection> held = new ArrayList<>();
    try {
      while (held.size() < CONNECTIONS) {
        held.add(pool.getConnection());
      }
      for (String path : new String[] {"start", "told"}) {
        WebhookResponse answer = engine.post(path, "{}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(answer.kind()).isEqualTo(WebhookOutcome.Kind.UNAVAILABLE);
        assertThat(TestEngine.text(answer)).doesNotContain("Exception").doesNotContain("Hikari");
      }
    } finally {
      for (Connection each : held) {
        each.close();
      }
    }
    assertThat(engine.post("start", "{}").status()).isEqualTo(200);
  }

  private static HikariDataSource pool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(TestDatabase.H2.url());
    pool.setUsername("sa");
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setConnectionTimeout(250);
    return pool;
  }
}
