package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.TestDatabase;

class DeliveriesTest extends DeliveryMatrix {
  DeliveriesTest() {
    super(TestDatabase.H2);
  }
}
