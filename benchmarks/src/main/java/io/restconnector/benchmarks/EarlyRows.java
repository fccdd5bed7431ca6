package io.restconnector.benchmarks;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Early events that nothing waits for, written by PostgreSQL itself. */
final class EarlyRows {

  private EarlyRows() {}

  static void insert(DataSource database, int rows) throws SQLException {
    long now = System.currentTimeMillis();
    long expires = now + 86_400_000;
    Postgres.execute(
        database,
        """
        insert into ACT_RC_EARLY_EVENT (KIND_, NAME_, KEY_, TENANT_ID_, TRIGGER_, DATA_, CREATED_,
          EXPIRES_, DUE_, FAILURES_)
        select 'EVENT', 'orderPaid', 'nobody-' || n, '', 'paid', '{}', %1$d, %2$d, %2$d, 0
        from generate_series(1, %3$d) n
        """
            .formatted(now, expires, rows));
    Postgres.execute(database, "vacuum analyze ACT_RC_EARLY_EVENT");
  }
}
