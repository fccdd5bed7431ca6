package io.restconnector.webhook;

class HostileTextOnPostgresTest extends HostileTextMatrix {
  HostileTextOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
