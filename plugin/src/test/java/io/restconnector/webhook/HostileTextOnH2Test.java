package io.restconnector.webhook;

class HostileTextOnH2Test extends HostileTextMatrix {
  HostileTextOnH2Test() {
    super(TestDatabase.H2);
  }
}
