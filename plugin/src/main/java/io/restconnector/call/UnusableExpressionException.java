package io.restconnector.call;

/** An expression of the model could not be evaluated on the data that it met. */
final class UnusableExpressionException extends IllegalArgumentException {

  UnusableExpressionException(String expression, Throwable cause) {
    super(
        "the expression %s, which cannot be evaluated (%s)"
            .formatted(expression, root(cause).getClass().getSimpleName()),
        cause);
  }

  /** Only its type is told: an evaluator's message may quote a value. */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
