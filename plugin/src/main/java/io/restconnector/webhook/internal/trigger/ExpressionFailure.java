package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.delivery.Evaluator;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whose fault it is that an expression of a trigger failed. */
public final class ExpressionFailure {

  /** Where data and expressions fail by themselves; a proxy of the JDK stands for a bean. */
  private static final Pattern OF_DATA =
      Pattern.compile(
          "(?!.*\\$Proxy\\d)(?:java|javax|jdk|sun|tools\\.jackson|com\\.fasterxml\\.jackson)\\..*"
              + "|org\\.flowable\\.common\\.engine\\.impl\\.(?:el|javax|de|json)\\..*");

  private static final Set<String> EVALUATORS =
      Set.of(Evaluator.class.getName(), Conditions.class.getName());

  private ExpressionFailure() {}

  /**
   * Whether code ran between the evaluator and the failure that is neither the evaluator's own nor
   * that of plain data such as a String or a JSON node: a bean has failed, not the request.
   */
  public static boolean isOfApplication(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (EVALUATORS.contains(frame.getClassName())) {
          break;
        }
        if (!OF_DATA.matcher(frame.getClassName()).matches()) {
          return true;
        }
      }
    }
    return false;
  }
}
