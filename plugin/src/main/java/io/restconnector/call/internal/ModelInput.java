package io.restconnector.call.internal;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.call.internal.Inputs.Origin;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.ModelText;
import java.util.List;
import java.util.function.Function;
import org.flowable.bpmn.model.FieldExtension;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The text that a model has for one input, parsed once. */
final class ModelInput {

  private final Origin origin;
  private final String text;
  private final ModelText parts;
  private final boolean isTemplate;
  private final boolean isLiteral;
  private boolean isParsed;
  private @Nullable JsonNode tree;

  private ModelInput(Origin origin, String text, ModelText parts, boolean isTemplate) {
    this.origin = origin;
    this.text = text;
    this.parts = parts;
    this.isTemplate = isTemplate;
    isLiteral = !parts.hasExpressions();
  }

  static ModelInput of(FieldExtension field) {
    String expression = field.getExpression();
    return expression == null || expression.isEmpty()
        ? ofLiteral(field.getStringValue())
        : ofExpression(Origin.FIELD, expression);
  }

  private static ModelInput ofLiteral(String text) {
    return new ModelInput(
        Origin.FIELD, text, new ModelText(List.of(new ModelText.Part(text, false))), true);
  }

  static ModelInput ofExpression(Origin origin, String text) {
    String stripped = text.strip();
    return new ModelInput(origin, stripped, ModelText.parse(stripped), false);
  }

  String text() {
    return text;
  }

  /** The text split where the engine evaluates it; a literal field is one part. */
  ModelText parts() {
    return parts;
  }

  /** Whether the model has all of it. Its template is no expression in this sense. */
  boolean isLiteral() {
    return isLiteral;
  }

  /** Whether it is a literal field, in which only a JSON template has expressions. */
  boolean isTemplate() {
    return isTemplate;
  }

  /** As the runtime finds it. */
  Input input(Function<String, @Nullable Object> evaluator) {
    return isTemplate
        ? new Input(origin, text, evaluator, null)
        : Input.ofExpression(origin, parts, evaluator);
  }

  /** The same for an input that is JSON always: nothing is parsed twice. */
  Input jsonInput(Function<String, @Nullable Object> evaluator) {
    return isTemplate && tree() != null
        ? new Input(origin, tree(), evaluator, null)
        : input(evaluator);
  }

  /** The JSON that the model has, with its expressions, null where it has none. */
  @Nullable JsonNode tree() {
    if (!isParsed) {
      isParsed = true;
      tree = isLiteral ? parse(text) : null;
    }
    return tree;
  }

  private static @Nullable JsonNode parse(String text) {
    try {
      return JsonText.parse(text);
    } catch (IllegalArgumentException noJson) {
      return null;
    }
  }
}
