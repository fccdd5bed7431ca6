package io.restconnector.call;

import io.restconnector.fixtures.TestDatabase;

class RoundTripOnH2Test extends RoundTripMatrix {
  RoundTripOnH2Test() {
    super(TestDatabase.H2, 100);
  }
}
