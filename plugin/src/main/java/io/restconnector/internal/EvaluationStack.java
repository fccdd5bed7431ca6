package io.restconnector.internal;

import java.util.Set;
import java.util.regex.Pattern;
import org.flowable.common.engine.impl.de.odysseus.el.TreeValueExpression;

/** Tells from stacks whose fault it is that an expression of a model failed. */
public final class EvaluationStack {

  /** Where data and expressions fail by themselves; a proxy of the JDK stands for a bean. */
  private static final Pattern OF_DATA =
      Pattern.compile(
          "(?!.*\\$Proxy\\d)(?:java|javax|jdk|sun|tools\\.jackson|com\\.fasterxml\\.jackson)\\..*"
              + "|org\\.flowable\\.common\\.engine\\.impl\\.(?:el|javax|de|json)\\..*");

  /** Where the evaluation of an expression begins that could be parsed. */
  private static final String EVALUATION = TreeValueExpression.class.getName();

  /** What a JVM throws without a stack where the same code has failed often. */
  private static final Set<Class<?>> OF_JVM =
      Set.of(
          ArithmeticException.class,
          ArrayIndexOutOfBoundsException.class,
          ArrayStoreException.class,
          ClassCastException.class,
          NullPointerException.class);

  private EvaluationStack() {}

  /**
   * Whether code ran between the evaluator and the failure that is neither the evaluator's own nor
   * that of plain data such as a String or a JSON node: a bean has failed, not the data.
   *
   * @param evaluators names of the classes that evaluate
   */
  public static boolean hasApplication(Throwable failed, Set<String> evaluators) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause.getStackTrace().length == 0 && !OF_JVM.contains(cause.getClass())) {
        return true; // an exception without a stack was made so by the application
      }
      for (StackTraceElement frame : cause.getStackTrace()) {
        String name = frame.getClassName();
        if (name.equals(EVALUATION) || evaluators.contains(name)) {
          break;
        }
        if (!OF_DATA.matcher(name).matches()) {
          return true;
        }
      }
    }
    return false;
  }
}
