package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.TestDatabase;

class HostileTextOnPostgresTest extends HostileTextMatrix {
  HostileTextOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
