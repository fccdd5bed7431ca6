package io.restconnector.call;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class RoundTripOnMariaDbTest extends RoundTripMatrix {
  RoundTripOnMariaDbTest() {
    super(TestDatabase.MARIADB, 300);
  }
}
