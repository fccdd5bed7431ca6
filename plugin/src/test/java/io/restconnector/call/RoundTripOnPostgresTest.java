package io.restconnector.call;

import io.restconnector.webhook.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class RoundTripOnPostgresTest extends RoundTripMatrix {
  RoundTripOnPostgresTest() {
    super(TestDatabase.POSTGRES, 300);
  }
}
