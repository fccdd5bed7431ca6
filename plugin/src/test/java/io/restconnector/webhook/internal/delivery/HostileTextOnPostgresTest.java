package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.TestDatabase;

class HostileTextOnPostgresTest extends HostileTextMatrix {
  HostileTextOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
