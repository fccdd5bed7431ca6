package io.restconnector.webhook.internal.trigger;

import io.restconnector.internal.EvaluationStack;
import java.util.Set;

/** Tells whose fault it is that an expression of a trigger failed. */
public final class ExpressionFailure {

  private static final Set<String> EVALUATORS =
      Set.of(Evaluator.class.getName(), Conditions.class.getName());

  private ExpressionFailure() {}

  /** Whether a bean has failed, not the request. */
  public static boolean isOfApplication(Throwable failure) {
    return EvaluationStack.hasApplication(failure, EVALUATORS);
  }
}
