package io.restconnector.call;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class RoundTripOnPostgresTest extends RoundTripMatrix {
  RoundTripOnPostgresTest() {
    super(TestDatabase.POSTGRES, 300);
  }
}
