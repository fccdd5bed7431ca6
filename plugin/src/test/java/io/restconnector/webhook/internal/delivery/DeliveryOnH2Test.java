package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.TestDatabase;

class DeliveryOnH2Test extends DeliveryMatrix {
  DeliveryOnH2Test() {
    super(TestDatabase.H2);
  }
}
