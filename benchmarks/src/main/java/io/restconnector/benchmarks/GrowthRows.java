package io.restconnector.benchmarks;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * What waits in a database while something else is done there, as copies of real rows: PostgreSQL
 * writes them itself.
 */
final class GrowthRows {

  private static final String JOB =
      """
      insert into act_ru_external_job (id_, rev_, category_, type_, lock_exp_time_, lock_owner_,
        exclusive_, execution_id_, process_instance_id_, proc_def_id_, element_id_, element_name_,
        retries_, handler_type_, handler_cfg_, create_time_, tenant_id_)
      select id_ || '-%1$s-' || n, 1, category_, type_, %2$s, %3$s, exclusive_,
        execution_id_ || '-' || n, process_instance_id_ || '-' || n, proc_def_id_, element_id_,
        element_name_, retries_, handler_type_, %4$s, create_time_ - n * interval '1 millisecond',
        tenant_id_
      from act_ru_external_job, generate_series(1, %5$d) n where process_instance_id_ = '%6$s'
      """;

  private final DataSource database;
  private final int rows;

  GrowthRows(DataSource database, int rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * Instances that wait, with their executions, variables, subscriptions and history.
   *
   * @param instance that waits for an event
   */
  void instances(String instance) throws SQLException {
    InstanceCopies.create(database, instance, rows - 1);
  }

  /**
   * Jobs that are older than any other and that no worker of the connector may take now: free ones
   * of another topic; and as many of its own topic, half of which another node has locked, while
   * the others wait for their next question or try.
   *
   * @param instance that has a free job
   */
  void jobs(String instance) throws SQLException {
    String tomorrow = "now() + interval '1 day'";
    for (String job :
        List.of(
            JOB.formatted("other", "null", "null", "'invoices'", rows, instance),
            JOB.formatted("locked", tomorrow, "'node'", "handler_cfg_", rows / 2, instance),
            JOB.formatted("later", tomorrow, "null", "handler_cfg_", rows / 2, instance))) {
      Postgres.execute(
          database, "begin; set local session_replication_role = replica; " + job + "; commit");
    }
    Postgres.execute(database, "vacuum analyze act_ru_external_job");
  }

  /** Early events that nothing waits for, and deliveries and answers that are remembered. */
  void ofTheConnector() throws SQLException {
    EarlyRows.insert(database, rows);
    long expires = System.currentTimeMillis() + 86_400_000;
    for (String row :
        List.of(
            "ACT_RC_DELIVERY (ID_, STATUS_, EXPIRES_) select 'd' || n, 202, ",
            "ACT_RC_ANSWER (ID_, INSTANCE_ID_, EXPIRES_) select 'a' || n, 'i' || n, ")) {
      Postgres.execute(
          database, "insert into %s%d from generate_series(1, %d) n".formatted(row, expires, rows));
    }
    Postgres.execute(database, "vacuum analyze ACT_RC_DELIVERY, ACT_RC_ANSWER");
  }
}
