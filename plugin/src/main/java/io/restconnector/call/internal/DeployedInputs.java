package io.restconnector.call.internal;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.ModelText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The inputs of a task as its model gives them. What expressions and variables will give is not
 * known yet; guesses stand for it.
 */
final class DeployedInputs {

  /** It suits a segment, a parameter, a header, a port and base64. */
  static final String GUESS = "1111";

  /** Those that are JSON, whatever the other inputs are. */
  private static final Set<String> JSON =
      Set.of("restUrlParams", "requestHeaders", "outputMapping", PollInput.NAME);

  private final Set<@Nullable String> fields = new LinkedHashSet<>();
  private final Set<String> ofVariables = new HashSet<>();
  private final Map<String, ModelInput> texts = new HashMap<>();
  private final Consumer<String> parser;
  private final Map<String, Set<String>> malformed = new LinkedHashMap<>();
  private final boolean readsVariables;

  /**
   * The inputs of a task.
   *
   * @param parser takes an expression, throws a RuntimeException where it cannot be parsed
   */
  DeployedInputs(ServiceTask task, TaskParameters parameters, Consumer<String> parser) {
    this.parser = parser;
    for (FieldExtension field : task.getFieldExtensions()) {
      if (FieldInput.isFilled(field) && fields.add(field.getFieldName())) {
        texts.put(field.getFieldName(), ModelInput.of(field));
      }
    }
    if (task instanceof ExternalWorkerServiceTask worker) {
      parameters.in().forEach(this::add);
      readsVariables = parameters.in().isEmpty() && !worker.isDoNotIncludeVariables();
    } else {
      readsVariables = true;
    }
  }

  /** The first parameter of a name counts, and a field before it. */
  private void add(IOParameter in) {
    String name = in.getTarget();
    if (isGiven(name)) {
      return;
    }
    if (in.getSource() != null || in.getSourceExpression() == null) {
      ofVariables.add(name);
    } else {
      texts.put(name, ModelInput.ofExpression(Inputs.Origin.IN, in.getSourceExpression()));
    }
  }

  Set<@Nullable String> fields() {
    return fields;
  }

  boolean isGiven(String name) {
    return texts.containsKey(name) || ofVariables.contains(name);
  }

  /** Whether a variable, which nobody knows, may give this input. */
  boolean isOfVariable(String name) {
    return readsVariables && !isGiven(name);
  }

  /** Whether the model has more of this input than one expression. */
  boolean isKnown(String name) {
    ModelInput input = texts.get(name);
    return input != null && !input.parts().isOneExpression();
  }

  /** Whether the model has all of this input. Its template is no expression in this sense. */
  boolean isLiteral(String name) {
    ModelInput input = texts.get(name);
    return input != null && input.isLiteral();
  }

  /** What the model has of this input, null where it has nothing. */
  @Nullable ModelInput get(String name) {
    return texts.get(name);
  }

  /** The text of the model for this input, null where the model has none. */
  @Nullable String text(String name) {
    ModelInput input = texts.get(name);
    return input == null ? null : input.text();
  }

  /** The JSON that the model has for this input, with its expressions, null where it has none. */
  @Nullable JsonNode tree(String name) {
    ModelInput input = texts.get(name);
    return input == null ? null : input.tree();
  }

  /** As the runtime finds it, but with guesses for the values of expressions. */
  @Nullable Input find(String name, Function<String, @Nullable Object> guesses) {
    ModelInput input = texts.get(name);
    if (input == null) {
      return null;
    }
    return JSON.contains(name)
        ? input.jsonInput(parsing(name, guesses))
        : input.input(parsing(name, guesses));
  }

  /** An evaluator that parses each expression and gives a guess for its value. */
  Function<String, @Nullable Object> parsing(
      String name, Function<String, @Nullable Object> guesses) {
    return expression -> {
      parse(name, expression);
      return guesses.apply(expression);
    };
  }

  /**
   * Parses the expressions of a text.
   *
   * @return whether it can be evaluated
   */
  boolean parse(String name, ModelText text) {
    for (ModelText.Part part : text.parts()) {
      if (part.isExpression()) {
        parse(name, part.text());
      }
    }
    return !text.isMixed();
  }

  /**
   * Parses the expressions of a JSON template.
   *
   * @return whether all of its leaves can be evaluated
   */
  boolean parse(String name, JsonNode template) {
    AtomicBoolean isSound = new AtomicBoolean(true);
    JsonTemplate.forEachLeaf(template, leaf -> isSound.compareAndSet(true, parse(name, leaf)));
    return isSound.get();
  }

  private void parse(String name, String expression) {
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
