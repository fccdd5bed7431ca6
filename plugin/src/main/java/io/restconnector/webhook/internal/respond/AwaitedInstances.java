package io.restconnector.webhook.internal.respond;

import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/** The instances that answers wait for. Everything here is done in the running transaction. */
final class AwaitedInstances {

  /**
   * The mark of an instance that answers wait for. Of all that its row holds, this is what is read
   * with it anyway, and what the engine looks at only together with a callback type.
   */
  private static final String MARK = "rest-connector";

  private final ProcessEngineConfigurationImpl engine;
  private final BooleanSupplier isTableThere;
  private final Consumer<List<String>> committed;

  /**
   * Makes the one of an engine.
   *
   * @param isTableThere whether there may be answers at all
   * @param committed is given the answers that need wait no longer
   */
  AwaitedInstances(
      ProcessEngineConfigurationImpl engine,
      BooleanSupplier isTableThere,
      Consumer<List<String>> committed) {
    this.engine = engine;
    this.isTableThere = isTableThere;
    this.committed = committed;
  }

  /** An instance of a process that CMMN has started is marked already. */
  void mark(String instanceId) {
    ExecutionEntity instance =
        Objects.requireNonNull(engine.getExecutionEntityManager().findById(instanceId));
    if (instance.getCallbackId() == null) {
      instance.setCallbackId(MARK);
    }
  }

  void reached(ExecutionEntity instance, String activityId) {
    answer(instance, activityId);
  }

  void ended(ExecutionEntity instance) {
    answer(instance, null);
  }

  /** What others have marked must run where the database has no answers too. */
  private boolean mayBeAwaited(ExecutionEntity instance) {
    String mark = instance.getCallbackId();
    return mark != null && (mark.equals(MARK) || isTableThere.getAsBoolean());
  }

  private void answer(ExecutionEntity instance, @Nullable String activityId) {
    if (!mayBeAwaited(instance)) {
      return;
    }
    List<String> open = AnswerRows.open(instance.getId(), activityId);
    if (open.isEmpty()) {
      return;
    }
    AnswerRows.give(
        open,
        InstanceState.text(InstanceState.of(instance)),
        engine.getClock().getCurrentTime().toInstant().toEpochMilli());
    Context.getTransactionContext()
        .addTransactionListener(TransactionState.COMMITTED, ignored -> committed.accept(open));
  }
}
