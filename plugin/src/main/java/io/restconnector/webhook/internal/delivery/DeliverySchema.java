package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.table.ConnectorTable;

/** The table of answered deliveries. */
final class DeliverySchema {

  static final String TABLE = "ACT_RC_DELIVERY";

  private DeliverySchema() {}

  static ConnectorTable table() {
    return new ConnectorTable(TABLE, "deduplication", "", "HEADERS_");
  }
}
