package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.TestDatabase;

class DeliveriesTest extends DeliveryMatrix {
  DeliveriesTest() {
    super(TestDatabase.H2);
  }
}
