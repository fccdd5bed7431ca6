package io.restconnector.call.internal;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.call.internal.Inputs.Origin;
import io.restconnector.content.internal.JsonText;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The inputs that a {@link TaskMapping} gives. */
public final class MappedInput {

  private MappedInput() {}

  /** A value that is data. */
  public static Input data(@Nullable Object value) {
    return new Input(Origin.MAPPING, value, null, null);
  }

  /** A variable that is an input because of its name. */
  public static Input variable(@Nullable Object value) {
    return new Input(Origin.VARIABLE, value, null, null);
  }

  /** JSON or text of the mapping whose strings may hold expressions. */
  public static Input template(Object template, Function<String, @Nullable Object> evaluator) {
    return template instanceof String text && !isJson(text)
        ? Input.ofExpression(Origin.MAPPING, text, evaluator)
        : new Input(Origin.MAPPING, template, evaluator, null);
  }

  private static boolean isJson(String text) {
    try {
      return JsonText.parse(text).isContainer();
    } catch (IllegalArgumentException noJson) {
      return false;
    }
  }
}
