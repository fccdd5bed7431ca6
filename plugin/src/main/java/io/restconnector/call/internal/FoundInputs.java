package io.restconnector.call.internal;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.content.internal.ModelText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs of one call as they were found: each is looked up, and evaluated, once. */
final class FoundInputs {

  private final Inputs.Source source;
  private final Map<String, @Nullable Input> found = new HashMap<>();

  FoundInputs(Inputs.Source source) {
    this.source = source;
  }

  @Nullable Input find(String name) throws InvalidInputException {
    if (!found.containsKey(name)) {
      try {
        found.put(name, source.find(name));
      } catch (UnusableExpressionException unusable) {
        throw unusable(name, unusable);
      }
    }
    return found.get(name);
  }

  private static InvalidInputException unusable(String name, IllegalArgumentException unusable) {
    return new InvalidInputException(name + " is " + unusable.getMessage());
  }

  /** Whether the task gives this input, be it null, and no variable. */
  boolean isOfTheTask(String name) throws InvalidInputException {
    Input input = find(name);
    return input != null && input.origin() != Inputs.Origin.VARIABLE;
  }

  /** An input that is not JSON. */
  @Nullable Object raw(String name) throws InvalidInputException {
    Input input = find(name);
    if (input == null || input.mixed() == null) {
      return input == null ? null : checked(name, input);
    }
    return ModelText.join(parts(name));
  }

  /**
   * A text in the parts that the model mixes it from; a whole value counts as text of the model.
   *
   * @return empty where it is no text
   */
  List<ModelText.Part> parts(String name) throws InvalidInputException {
    Input input = find(name);
    if (input == null || input.mixed() == null || input.evaluator() == null) {
      return input != null && checked(name, input) instanceof String text
          ? List.of(new ModelText.Part(text, false))
          : List.of();
    }
    try {
      return input.mixed().fill(input.evaluator());
    } catch (IllegalArgumentException unusable) {
      throw unusable(name, unusable);
    }
  }

  static @Nullable Object checked(String name, Input input) throws InvalidInputException {
    if (input.isLiteral()
        && input.value() instanceof String text
        && (text.contains("${") || text.contains("#{"))) {
      throw new InvalidInputException(
          "%s is a literal that holds an expression, wanted flowable:expression, which evaluates it"
              .formatted(name));
    }
    return input.value();
  }

  /** The same, saying where the input came from whose name the message begins with. */
  InvalidInputException located(InvalidInputException wrong) {
    String message = String.valueOf(wrong.getMessage());
    String name = message.substring(0, Math.max(message.indexOf(" "), 0));
    Input input = found.get(name);
    return input == null || input.isAbsent()
        ? wrong
        : new InvalidInputException(
            wrong.code(),
            message
                + "; it came from "
                + input.origin().text
                + name
                + (input.origin() == Inputs.Origin.VARIABLE
                    ? ", which bears the name of an input that the task does not have"
                    : ""));
  }
}
