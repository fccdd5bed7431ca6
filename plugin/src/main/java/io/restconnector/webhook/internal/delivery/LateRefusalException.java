package io.restconnector.webhook.internal.delivery;

import io.restconnector.webhook.internal.request.RefusedException;
import java.io.Serial;
import org.flowable.common.engine.api.FlowableException;

/** Rolls a transaction back: its request is refused. The engine does not log it. */
final class LateRefusalException extends FlowableException {

  @Serial private static final long serialVersionUID = 1;

  private final transient RefusedException refusal;

  LateRefusalException(RefusedException refusal) {
    super("A webhook request is refused");
    this.refusal = refusal;
  }

  RefusedException refusal() {
    return refusal;
  }
}
