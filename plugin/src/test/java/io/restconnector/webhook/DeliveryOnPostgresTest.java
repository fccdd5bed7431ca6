package io.restconnector.webhook;

class DeliveryOnPostgresTest extends DeliveryMatrix {
  DeliveryOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
