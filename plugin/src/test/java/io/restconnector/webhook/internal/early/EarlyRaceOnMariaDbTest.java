package io.restconnector.webhook.internal.early;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class EarlyRaceOnMariaDbTest extends EarlyRaceTest {

  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }

  @Override
  int pairs() {
    return 10_000;
  }
}
