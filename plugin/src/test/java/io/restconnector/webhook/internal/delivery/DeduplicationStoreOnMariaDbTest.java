package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class DeduplicationStoreOnMariaDbTest extends DeduplicationStoreTest {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}
