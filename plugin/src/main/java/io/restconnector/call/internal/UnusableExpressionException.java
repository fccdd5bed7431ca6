package io.restconnector.call.internal;

import io.restconnector.content.internal.LoggedFailure;
import org.flowable.common.engine.impl.javax.el.MethodNotFoundException;
import org.flowable.common.engine.impl.javax.el.PropertyNotFoundException;

/** An expression of the model could not be evaluated on the data that it met. */
final class UnusableExpressionException extends IllegalArgumentException {

  UnusableExpressionException(String expression, Throwable cause) {
    super(
        "the expression %s, which cannot be evaluated: %s".formatted(expression, reason(cause)),
        LoggedFailure.of(cause));
  }

  /** In words of our own: an evaluator's message may quote a value. */
  private static String reason(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof PropertyNotFoundException) {
        return "there is no such variable, bean or property";
      }
      if (cause instanceof MethodNotFoundException) {
        return "there is no such method";
      }
    }
    return "it is malformed, or what it meets is of another type";
  }
}
