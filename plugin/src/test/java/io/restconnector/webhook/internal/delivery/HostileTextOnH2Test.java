package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.TestDatabase;

class HostileTextOnH2Test extends HostileTextMatrix {
  HostileTextOnH2Test() {
    super(TestDatabase.H2);
  }
}
