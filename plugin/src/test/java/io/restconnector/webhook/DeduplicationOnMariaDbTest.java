package io.restconnector.webhook;

import org.junit.jupiter.api.Tag;

@Tag("cluster")
class DeduplicationOnMariaDbTest extends DeduplicationTest {
  @Override
  TestDatabase database() {
    return TestDatabase.MARIADB;
  }
}
