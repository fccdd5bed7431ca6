package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.persistence.entity.PropertyEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Locks that last as long as a transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowLockTest {

  private final Actions actions = new Actions();
  private final AtomicInteger done = new AtomicInteger();

  @AfterAll
  void close() {
    actions.close();
  }

  private void run(String name) {
    actions.engine.inTransaction(
        () -> {
          RowLock.run(actions.engine.configuration(), name, done::incrementAndGet);
          return null;
        });
  }

  private void insert(String name, @Nullable String value) {
    actions.engine.inTransaction(
        () -> {
          var properties = actions.engine.configuration().getPropertyEntityManager();
          PropertyEntity property = properties.create();
          property.setName(name);
          property.setValue(value);
          properties.insert(property);
          return null;
        });
  }

  private boolean isThere(String name) {
    return actions.engine.inTransaction(
        () -> actions.engine.configuration().getPropertyEntityManager().findById(name) != null);
  }

  @Test
  void whenNobodyHasTheLockThenTheWorkIsDoneAndNothingIsLeft() {
    String longest = "x".repeat(100); // the column has 64 characters
    run("free");
    run("free");
    run(longest);

    assertThat(done).hasValue(3);
    assertThat(isThere("free")).isFalse();
    assertThat(isThere(longest.substring(0, 64))).isFalse();
  }

  @Test
  void whenTheEngineHasLeftARowThenTheWorkIsDoneUnlessItIsHeld() {
    Duration age =
        actions
            .engine
            .configuration()
            .getEventSubscriptionServiceConfiguration()
            .getEventSubscriptionLockTime();
    insert("released", null);
    insert("old", Instant.now().minus(age).minusSeconds(60) + " - node(192.0.2.1)");
    insert("held", Instant.now().minus(age).plusSeconds(600) + " - node(192.0.2.1)");
    int before = done.get();

    run("released");
    run("old");
    assertThat(done).hasValue(before + 2);
    assertThat(isThere("old")).isTrue();
    assertThatThrownBy(() -> run("held"))
        .isInstanceOf(FlowableOptimisticLockingException.class)
        .hasMessage("Lock held is held");
    assertThat(done).hasValue(before + 2);
  }
}
