package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.TestDatabase;

class DeliveriesOnPostgresTest extends DeliveryMatrix {
  DeliveriesOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
