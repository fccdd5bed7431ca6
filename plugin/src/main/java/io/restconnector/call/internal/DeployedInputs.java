package io.restconnector.call.internal;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.content.internal.ModelText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a task as its model gives them. What expressions and variables will give is not
 * known yet; guesses stand for it.
 */
final class DeployedInputs {

  /** It suits a segment, a parameter, a header, a port and base64. */
  static final String GUESS = "1111";

  private final Map<String, FieldExtension> fields = new LinkedHashMap<>();
  private final Map<String, IOParameter> in = new LinkedHashMap<>();
  private final Consumer<String> parser;
  private final Map<String, Set<String>> malformed = new LinkedHashMap<>();
  private final Map<String, ModelText> parts = new HashMap<>();
  private final boolean readsVariables;

  /**
   * The inputs of a task.
   *
   * @param parser takes an expression, throws a RuntimeException where it cannot be parsed
   */
  DeployedInputs(ServiceTask task, TaskParameters parameters, Consumer<String> parser) {
    this.parser = parser;
    for (FieldExtension field : task.getFieldExtensions()) {
      if (FieldInput.isFilled(field)) {
        fields.putIfAbsent(field.getFieldName(), field);
      }
    }
    if (task instanceof ExternalWorkerServiceTask worker) {
      parameters.in().forEach(each -> in.putIfAbsent(each.getTarget(), each));
      readsVariables = parameters.in().isEmpty() && !worker.isDoNotIncludeVariables();
    } else {
      readsVariables = true;
    }
  }

  Set<String> fields() {
    return fields.keySet();
  }

  boolean isGiven(String name) {
    return fields.containsKey(name) || in.containsKey(name);
  }

  /** Whether a variable, which nobody knows, may give this input. */
  boolean isOfVariable(String name) {
    return !isGiven(name) && readsVariables;
  }

  /** Whether the model has more of this input than one expression. */
  boolean isKnown(String name) {
    return text(name) != null && !parts(name).isOneExpression();
  }

  /** Whether the model has all of this input. Its template is no expression in this sense. */
  boolean isLiteral(String name) {
    return text(name) != null && !parts(name).hasExpressions();
  }

  /** The text of the model for this input, null where the model has none. */
  @Nullable String text(String name) {
    FieldExtension field = fields.get(name);
    IOParameter parameter = in.get(name);
    if (field != null) {
      return isExpression(field) ? field.getExpression().strip() : field.getStringValue();
    }
    return parameter == null || parameter.getSource() != null
        ? null
        : parameter.getSourceExpression();
  }

  /** The text split where the engine evaluates it; a literal field is one part. */
  ModelText parts(String name) {
    return parts.computeIfAbsent(name, this::split);
  }

  private ModelText split(String name) {
    FieldExtension field = fields.get(name);
    String text = String.valueOf(text(name));
    return field == null || isExpression(field)
        ? ModelText.parse(text.strip())
        : new ModelText(List.of(new ModelText.Part(text, false)));
  }

  private static boolean isExpression(FieldExtension field) {
    return field.getExpression() != null && !field.getExpression().isEmpty();
  }

  /** As the runtime finds it, but with guesses for the values of expressions. */
  @Nullable Input find(String name, Function<String, @Nullable Object> guesses) {
    FieldExtension field = fields.get(name);
    if (field != null) {
      return FieldInput.of(field, parsing(name, guesses));
    }
    String text = text(name);
    return text == null ? null : Input.ofExpression(Inputs.Origin.IN, text, parsing(name, guesses));
  }

  /** An evaluator that parses each expression and gives a guess for its value. */
  Function<String, @Nullable Object> parsing(
      String name, Function<String, @Nullable Object> guesses) {
    return expression -> {
      parse(name, expression);
      return guesses.apply(expression);
    };
  }

  void parse(String name, String expression) {
    try {
      parser.accept(expression);
    } catch (RuntimeException wrong) {
      malformed.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(expression);
    }
  }

  boolean hasMalformed() {
    return !malformed.isEmpty();
  }

  /** The expressions of this input that could not be parsed when it was found. */
  Set<String> malformed(String name) {
    return malformed.getOrDefault(name, Set.of());
  }
}
