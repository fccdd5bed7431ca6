package io.restconnector.webhook;

class DeliveryOnH2Test extends DeliveryMatrix {
  DeliveryOnH2Test() {
    super(TestDatabase.H2);
  }
}
