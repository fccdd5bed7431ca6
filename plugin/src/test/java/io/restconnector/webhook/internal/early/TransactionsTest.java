package io.restconnector.webhook.internal.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Transactions beside that of the caller. */
class TransactionsTest {

  @Test
  void whenTheCallerRollsBackThenWhatWasDoneBesideItStaysAndElseNothingDoes() {
    try (EarlyRows rows = new EarlyRows()) {
      assertThatThrownBy(
              () ->
                  rows.engine.inTransaction(
                      () -> {
                        rows.insert(Kind.SIGNAL, "s", null);
                        throw new IllegalStateException("of the caller");
                      }))
          .hasMessageContaining("of the caller");
      assertThat(rows.ids()).hasSize(1);

      long id = rows.ids().get(0);
      assertThatThrownBy(
              () ->
                  rows.run(
                      () -> {
                        EarlyEventTable.delete(id);
                        throw new IllegalStateException("its own");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("its own");
      assertThat(rows.ids()).containsExactly(id);

      rows.engine
          .configuration()
          .getClock()
          .setCurrentTime(Date.from(Instant.ofEpochMilli(12_345)));
      assertThat(rows.transactions.now()).isEqualTo(Instant.ofEpochMilli(12_345));
    }
  }
}
