package io.restconnector.webhook.internal.early;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class EarlyRulesOnPostgresTest extends EarlyRulesTest {
  @Override
  TestDatabase database() {
    return TestDatabase.POSTGRES;
  }
}
