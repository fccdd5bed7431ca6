package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("cluster")
class DeliveryOnMariaDbTest extends DeliveryMatrix {
  DeliveryOnMariaDbTest() {
    super(TestDatabase.MARIADB);
  }
}
