package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.TestDatabase;

class DeliveryOnPostgresTest extends DeliveryMatrix {
  DeliveryOnPostgresTest() {
    super(TestDatabase.POSTGRES);
  }
}
