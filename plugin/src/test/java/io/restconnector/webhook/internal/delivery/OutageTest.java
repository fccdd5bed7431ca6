package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.restconnector.fixtures.RefusingDatabase;
import io.restconnector.fixtures.RefusingDatabase.Refused;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A database that gives no connection in time, is lost on the way or takes no writes. */
class OutageTest {

  private static final int CONNECTIONS = 4;

  @Test
  void whenThePoolOfAPlainEngineIsEmptyThenTheSenderIsToldToComeAgain() throws SQLException {
    try (HikariDataSource pool = pool();
        WebhookEngine engine =
            WebhookEngine.on(
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
        WebhookEngine engine = WebhookEngine.of(spring(pool))) {
      check(engine, pool);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTIONS, X9999, 77, 503",
    "WRITES, 08006, 0, 503",
    "WRITES, 57P01, 0, 503",
    "WRITES, 25006, 0, 503",
    "WRITES, HY000, 1290, 503",
    "WRITES, 53100, 0, 503",
    "COMMITS, 08006, 0, 503",
    "WRITES, 22001, 0, 500",
    "WRITES, X9999, 77, 500"
  })
  void whenTheDatabaseIsLostOrTakesNoWritesThenTheSenderIsToldToComeAgain(
      Refused refused, String state, int code, int status) throws SQLException {
    try (HikariDataSource pool = pool()) {
      RefusingDatabase database = new RefusingDatabase(pool);
      try (WebhookEngine engine = WebhookEngine.of(spring(database))) {
        deploy(engine);

        database.refuse(refused, state, code);
        WebhookResponse answer = engine.post("start", "{}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().containsKey("Retry-After")).isEqualTo(status == 503);
        assertThat(WebhookEngine.text(answer)).doesNotContain("Exception").doesNotContain(state);
        database.refuseNothing();
        assertThat(engine.runtime().createProcessInstanceQuery().count()).isZero();
        assertThat(engine.post("start", "{}").status()).isEqualTo(200);
      }
    }
  }

  private static SpringProcessEngineConfiguration spring(DataSource pool) {
    SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
    configuration.setDataSource(pool);
    configuration.setTransactionManager(new DataSourceTransactionManager(pool));
    configuration.setDatabaseSchemaUpdate("true");
    return configuration;
  }

  private static void deploy(WebhookEngine engine) {
    engine.deploy(
        "start.channel",
        WebhookEngine.channel(
            "start",
            "start",
            "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"p\"}"),
        "told.channel",
        WebhookEngine.channel(
            "told", "told", "\"channelEventKeyDetection\": {\"fixedValue\": \"e\"}"),
        "p.bpmn20.xml",
        """
        <process id="p"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <userTask id="t"/></process>
        """);
  }

  private static void check(WebhookEngine engine, HikariDataSource pool) throws SQLException {
    deploy(engine);
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
        assertThat(WebhookEngine.text(answer)).doesNotContain("Exception").doesNotContain("Hikari");
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
