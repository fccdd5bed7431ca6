package io.restconnector.webhook.internal.early;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class EarlyEventsOnMariaDbTest extends EarlyEventsTest {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}
