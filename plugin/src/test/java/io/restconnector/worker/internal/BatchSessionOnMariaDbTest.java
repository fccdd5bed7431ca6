package io.restconnector.worker.internal;

import io.restconnector.fixtures.MariaDb;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class BatchSessionOnMariaDbTest extends BatchSessionTest {
  @Override
  DataSource database() {
    return new PooledDataSource(MariaDb.DRIVER, MariaDb.newDatabase(), MariaDb.USER, "");
  }
}
