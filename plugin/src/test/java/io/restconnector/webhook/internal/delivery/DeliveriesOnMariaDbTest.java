package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class DeliveriesOnMariaDbTest extends DeliveryMatrix {
  DeliveriesOnMariaDbTest() {
    super(TestDatabase.MARIADB);
  }
}
