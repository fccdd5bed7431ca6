package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.eventsubscription.api.EventSubscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether an execution still waits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitingExecutionsTest {

  private final Actions actions = new Actions();
  private final WaitingExecutions waiting = new WaitingExecutions(actions.engine.configuration());

  WaitingExecutionsTest() {
    actions.engine.deploy(
        "m.bpmn20.xml",
        "<message id=\"m\" name=\"m\"/>"
            + Actions.waiting("waits", "<messageEventDefinition messageRef=\"m\"/>"));
  }

  @AfterAll
  void close() {
    actions.close();
  }

  private EventSubscription subscription(String instance) {
    return actions
        .engine
        .runtime()
        .createEventSubscriptionQuery()
        .processInstanceId(instance)
        .singleResult();
  }

  private void wake(EventSubscription subscription) {
    actions.engine.runtime().messageEventReceived("m", subscription.getExecutionId());
  }

  @Test
  void whenAnExecutionWaitsThenItDoesUntilThisTransactionHasWokenIt() {
    String instance = actions.start("", "waits", "a");
    actions.engine.inTransaction(
        () -> {
          EventSubscription subscription = subscription(instance);
          assertThat(waiting.contain(subscription)).isTrue();
          wake(subscription);
          assertThat(waiting.contain(subscription)).isFalse();
          return null;
        });
  }

  @Test
  void whenThisTransactionHasEndedTheInstanceThenItsExecutionDoesNotWait() {
    String instance = actions.start("", "waits", "a");
    actions.engine.inTransaction(
        () -> {
          EventSubscription subscription = subscription(instance);
          actions.engine.runtime().deleteProcessInstance(instance, "test");
          assertThat(waiting.contain(subscription)).isFalse();
          return null;
        });
  }

  @Test
  void whenAnotherTransactionHasWokenItThenThisOneIsToTryAgain() {
    String woken = actions.start("", "waits", "a");
    String gone = actions.start("", "waits", "a");
    EventSubscription ofWoken = subscription(woken);
    EventSubscription ofGone = subscription(gone);
    wake(ofWoken);
    actions.engine.runtime().deleteProcessInstance(gone, "test");

    for (EventSubscription each : new EventSubscription[] {ofWoken, ofGone}) {
      assertThatThrownBy(() -> actions.engine.inTransaction(() -> waiting.contain(each)))
          .isInstanceOf(FlowableOptimisticLockingException.class)
          .hasMessage("Another transaction has woken execution " + each.getExecutionId());
    }
  }
}
