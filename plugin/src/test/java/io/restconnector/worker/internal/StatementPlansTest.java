package io.restconnector.worker.internal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How PostgreSQL executes the connector's own statements where the tables are large. */
@Tag("cluster")
class StatementPlansTest {

  private static final int ROWS = 100_000;
  private static final Pattern PASSED_OVER = Pattern.compile("Rows Removed by [\\w ]+: (\\d+)");

  private static String url;
  private static WebhookEngine engine;

  @BeforeAll
  static void fill() throws SQLException {
    url = TestDatabase.POSTGRES.url();
    engine = WebhookEngine.on(TestDatabase.POSTGRES, url);
    for (String sql :
        List.of(
            """
            insert into act_ru_external_job (id_, rev_, type_, handler_cfg_, process_instance_id_,
              create_time_, lock_owner_, lock_exp_time_)
            select 'j' || n, 1, 'externalWorker', 'restGet', 'p' || n,
              now() - n * interval '1 second',
              case when n %% 2 = 0 then 'node' || n %% 1000 end,
              case when n %% 2 = 0 then now() + interval '1 day' end
            from generate_series(1, %d) n""",
            // older ones that the worker may not take: of others, locked, due later, left for a
            // share
            """
            insert into act_ru_external_job (id_, rev_, type_, handler_cfg_, process_instance_id_,
              execution_id_, create_time_, lock_owner_, lock_exp_time_)
            select 'o' || n, 1, 'externalWorker', case when n %% 4 = 0 then 'invoices' else 'restGet' end,
              'p' || n, 'x' || n, now() - n * interval '1 day',
              case when n %% 4 = 1 then 'node' when n %% 4 = 2 then 'rest-connector-share-slow' end,
              case when n %% 4 in (1, 3) then now() + interval '1 day' end
            from generate_series(1, %d) n""",
            """
            insert into act_rc_early_event (kind_, name_, key_, tenant_id_, trigger_, data_,
              created_, expires_, due_, failures_)
            select 'EVENT', 'e' || n %% 10, 'k' || n, '', 't', '{}', n, 100000000000000,
              100000000000000, 0 from generate_series(1, %d) n""",
            """
            insert into act_rc_answer (id_, instance_id_, expires_)
            select 'a' || n, 'p' || n, 100000000000000 from generate_series(1, %d) n""",
            """
            insert into act_rc_delivery (id_, status_, expires_)
            select 'd' || n, 202, 100000000000000 from generate_series(1, %d) n""",
            """
            insert into act_ru_execution (id_, rev_, proc_inst_id_, business_key_, is_active_,
              is_concurrent_, is_scope_, is_event_scope_, suspension_state_)
            select 'p' || n, 1, 'p' || n, 'k' || n, true, false, true, false, 1
            from generate_series(1, %d) n""",
            """
            insert into act_ru_event_subscr (id_, rev_, event_type_, event_name_, execution_id_,
              proc_inst_id_, created_, configuration_)
            select 's' || n, 1, case when n %% 2 = 0 then 'message' else 'e1' end, 'm' || n,
              'p' || n, 'p' || n, now(), 'c' || n from generate_series(1, %d) n""")) {
      execute(sql.formatted(ROWS));
    }
    execute("vacuum analyze");
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the worker's locks
        """
        select * from act_ru_external_job RES where RES.HANDLER_CFG_ in ('restGet', 'restPost')
          and RES.PROCESS_INSTANCE_ID_ is not null
          and RES.LOCK_EXP_TIME_ is null and RES.LOCK_OWNER_ is null
          order by RES.LOCK_EXP_TIME_ asc, RES.LOCK_OWNER_ asc, RES.CREATE_TIME_ asc limit 100""",
        """
        select * from act_ru_external_job RES where RES.HANDLER_CFG_ in ('restGet', 'restPost')
          and RES.PROCESS_INSTANCE_ID_ is not null and RES.LOCK_EXP_TIME_ < now()
          order by RES.LOCK_EXP_TIME_ asc, RES.LOCK_OWNER_ asc, RES.CREATE_TIME_ asc limit 100""",
        """
        select * from act_ru_external_job RES where RES.HANDLER_CFG_ in ('restGet', 'restPost')
          and RES.PROCESS_INSTANCE_ID_ is not null
          and RES.LOCK_EXP_TIME_ is null and RES.LOCK_OWNER_ = 'rest-connector-share-slow'
          order by RES.LOCK_EXP_TIME_ asc, RES.LOCK_OWNER_ asc, RES.CREATE_TIME_ asc limit 100""",
        // what a completed job's execution has
        "select EXECUTION_ID_ from act_ru_external_job where EXECUTION_ID_ in ('x1', 'x2')",
        "update act_ru_external_job set LOCK_EXP_TIME_ = now() where LOCK_OWNER_ = 'node2'",
        "select ID_ from act_ru_external_job where LOCK_OWNER_ = 'node2'",
        """
        update act_ru_external_job set LOCK_OWNER_ = null where LOCK_OWNER_ = 'node2'
          and ID_ in ('j2', 'j1002')""",
        """
        update act_ru_external_job set LOCK_OWNER_ = 'node3' where ID_ in ('j1', 'j3')
          and (LOCK_EXP_TIME_ is null or LOCK_EXP_TIME_ < now())""",
        // what an event, a message that nothing takes could have reached
        """
        select count(*) from (select RES.ID_ from act_ru_event_subscr RES
          where RES.EVENT_TYPE_ = 'nothing' order by RES.EVENT_TYPE_ asc, RES.CREATED_ asc limit 1000) FOUND_""",
        """
        select count(*) from (select RES.ID_ from act_ru_event_subscr RES
          where RES.EVENT_TYPE_ = 'e1' order by RES.EVENT_TYPE_ asc, RES.CREATED_ asc limit 1000) FOUND_""",
        """
        select count(*) from (select RES.ID_ from act_ru_event_subscr RES
          where RES.EVENT_TYPE_ = 'message' and RES.EVENT_NAME_ = 'm2'
          order by RES.EVENT_NAME_ asc limit 1000) FOUND_""",
        // deduplication
        "select STATUS_, EXPIRES_ from act_rc_delivery where ID_ = 'd1'",
        "select ID_ from act_rc_delivery where EXPIRES_ <= 5 order by ID_ asc limit 100",
        "delete from act_rc_delivery where ID_ in ('d1', 'd2')",
        // answers of processes
        "select ID_ from act_rc_answer where INSTANCE_ID_ = 'p1' and ANSWERED_ is null",
        "update act_rc_answer set ANSWERED_ = 1 where ID_ = 'a1' and ANSWERED_ is null",
        "select INSTANCE_ID_, TEMPLATE_ from act_rc_answer where ID_ = 'a1'",
        """
        select A.ID_ from act_rc_answer A where A.EXPIRES_ <= 5 and (A.ANSWERED_ is not null
          or not exists (select 1 from act_ru_execution E where E.ID_ = A.INSTANCE_ID_))
          limit 500""",
        // early events
        """
        select 1 from act_rc_early_event where NAME_ = 'e1' and KIND_ = 'EVENT'
          and TENANT_ID_ = '' and EVENT_ID_ is null and KEY_ = 'k1' limit 1""",
        """
        select E.ID_, K.ID_ from act_rc_early_event K
          join act_rc_early_event E on E.ID_ = coalesce(K.EVENT_ID_, K.ID_)
          where K.NAME_ = 'e1' and K.KIND_ = 'EVENT' and K.ID_ > 0 and K.KEY_ = 'k1'
          order by K.ID_ limit 20""",
        """
        select E.ID_, K.ID_ from act_rc_early_event K
          join act_rc_early_event E on E.ID_ = coalesce(K.EVENT_ID_, K.ID_)
          where K.NAME_ = 'e1' and K.KIND_ = 'EVENT' and K.ID_ > 0 and K.EVENT_ID_ is null
          order by K.ID_ limit 20""",
        """
        select E.ID_ from act_rc_early_event E where E.DUE_ <= 5 and E.EXPIRES_ <= 5
          and E.EVENT_ID_ is null order by E.DUE_ limit 200""",
        """
        select E.ID_ from act_rc_early_event E where E.DUE_ <= 5 and E.EXPIRES_ > 5 and E.ID_ > 0
          and E.EVENT_ID_ is null order by E.ID_ limit 200""",
        "select ID_ from act_rc_early_event where ID_ > 5 order by ID_ limit 500",
        "select ID_ from act_rc_early_event where ID_ = 5 for update skip locked",
        "delete from act_rc_early_event where EVENT_ID_ = 5",
        """
        select distinct E.NAME_, E.KEY_ from act_rc_early_event E where E.KIND_ = 'EVENT'
          and E.ID_ > 5 and E.ID_ <= 505 and E.FAILURES_ = 0 and E.KEY_ is not null
          and exists (select 1 from act_ru_event_subscr S where S.EXECUTION_ID_ is not null
            and S.CONFIGURATION_ = E.KEY_ and S.EVENT_TYPE_ = E.NAME_)""",
        """
        select distinct E.NAME_, E.KEY_ from act_rc_early_event E where E.KIND_ = 'MESSAGE'
          and E.ID_ > 5 and E.ID_ <= 505 and E.FAILURES_ = 0
          and exists (select 1 from act_ru_execution P
            join act_ru_execution X on X.PROC_INST_ID_ = P.ID_
            join act_ru_event_subscr S on S.EXECUTION_ID_ = X.ID_
            where P.BUSINESS_KEY_ = E.KEY_ and S.EVENT_TYPE_ = 'message'
              and S.EVENT_NAME_ = E.NAME_)""",
        """
        select distinct S.EVENT_TYPE_ from act_ru_event_subscr S where S.EXECUTION_ID_ is not null
          and S.CONFIGURATION_ is null and S.EVENT_TYPE_ in (select E.NAME_ from act_rc_early_event E
            where E.KIND_ = 'EVENT' and E.ID_ > 5 and E.ID_ <= 505 and E.FAILURES_ = 0)""",
        """
        select distinct S.EVENT_NAME_ from act_ru_event_subscr S where S.EXECUTION_ID_ is not null
          and S.EVENT_TYPE_ = 'signal' and S.EVENT_NAME_ in (select E.NAME_
            from act_rc_early_event E
            where E.KIND_ = 'SIGNAL' and E.ID_ > 5 and E.ID_ <= 505 and E.FAILURES_ = 0)"""
      })
  void whenTablesAreLargeThenNoStatementReadsMuchOfATable(String statement) throws SQLException {
    String plan = plan(statement);
    assertThat(plan).as(statement).doesNotContain("Seq Scan");
    assertThat(PASSED_OVER.matcher(plan).results().map(found -> found.group(1)))
        .as(plan)
        .allMatch(rows -> Integer.parseInt(rows) < 1_000);
  }

  private static String plan(String statement) throws SQLException {
    try (Connection connection = TestDatabase.POSTGRES.connect(url);
        Statement explain = connection.createStatement()) {
      connection.setAutoCommit(false); // and it is rolled back: the statement is executed
      ResultSet row = explain.executeQuery("explain (analyze, timing off) " + statement);
      List<String> lines = new ArrayList<>();
      while (row.next()) {
        lines.add(row.getString(1));
      }
      return lines.stream().collect(joining("\n"));
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = TestDatabase.POSTGRES.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
