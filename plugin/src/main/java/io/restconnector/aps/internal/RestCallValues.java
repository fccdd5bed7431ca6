package io.restconnector.aps.internal;

import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The values that the texts of a REST call task have in one execution.
 *
 * @param evaluator evaluates one expression of the deployed model
 */
record RestCallValues(
    RestCallModel model,
    Predicate<String> isVariable,
    Function<String, @Nullable Object> variables,
    Function<String, @Nullable Object> evaluator) {

  /** That of a field, null for nothing. */
  @Nullable String text(String field) throws InvalidInputException {
    String text = model.field(field);
    Object value = text == null ? null : evaluate(field, ModelText.parse(text));
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  @Nullable Object evaluate(String place, ModelText text) throws InvalidInputException {
    try {
      return text.evaluate(evaluator);
    } catch (IllegalArgumentException unusable) {
      throw new InvalidInputException(place + " is " + unusable.getMessage());
    }
  }

  /** The name of a variable may be none that an expression can have. */
  @Nullable Object value(String expression) {
    String name = expression.replaceFirst("^[$#]\\{", "").replaceFirst("}$", "").strip();
    return isVariable.test(name) ? variables.apply(name) : evaluator.apply(expression);
  }

  static JsonNode json(String place, @Nullable Object value) throws InvalidInputException {
    try {
      return JsonValues.of(value);
    } catch (IllegalArgumentException none) {
      throw new InvalidInputException(place + " is " + none.getMessage() + ", wanted JSON");
    }
  }
}
