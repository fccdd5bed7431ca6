package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.TestDatabase;

class DeliveriesOnPostgresTest extends DeliveryMatrix {
  DeliveriesOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
