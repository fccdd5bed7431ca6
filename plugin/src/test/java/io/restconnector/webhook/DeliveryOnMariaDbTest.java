package io.restconnector.webhook;

import org.junit.jupiter.api.Tag;

@Tag("cluster")
class DeliveryOnMariaDbTest extends DeliveryMatrix {
  DeliveryOnMariaDbTest() {
    super(TestDatabase.MARIADB);
  }
}
