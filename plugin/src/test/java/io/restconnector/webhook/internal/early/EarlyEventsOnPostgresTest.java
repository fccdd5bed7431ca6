package io.restconnector.webhook.internal.early;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class EarlyEventsOnPostgresTest extends EarlyEventsTest {
  @Override
  TestDatabase database() {
    return TestDatabase.POSTGRES;
  }
}
