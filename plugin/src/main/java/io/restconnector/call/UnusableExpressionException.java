package io.restconnector.call;

/** An expression of the model could not be evaluated on the data that it met. */
final class UnusableExpressionException extends IllegalArgumentException {

  UnusableExpressionException(String expression, Exception cause) {
    super("the expression " + expression + ", which cannot be evaluated", cause);
  }
}
