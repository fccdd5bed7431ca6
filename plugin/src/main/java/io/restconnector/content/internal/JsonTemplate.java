package io.restconnector.content.internal;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON of a deployed model in which string leaves may hold <code>${…}</code>.
 *
 * <p>The JSON is parsed before any expression is evaluated, so a value can never break out of its
 * place; what a value holds is data and is not evaluated again.
 */
public final class JsonTemplate {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTemplate() {}

  /**
   * A copy of the template with its expressions replaced by their values.
   *
   * @param evaluator takes one expression. A leaf that is one whole expression becomes the value
   *     with its type, and bytes base64; any other becomes text.
   * @throws IllegalArgumentException when a value has no JSON form; the message names its place
   */
  public static JsonNode evaluate(JsonNode template, Function<String, @Nullable Object> evaluator) {
    return evaluate(template, evaluator, 0);
  }

  private static JsonNode evaluate(
      JsonNode template, Function<String, @Nullable Object> evaluator, int depth) {
    if (template.isObject()) {
      ObjectNode object = NODES.objectNode();
      template
          .properties()
          .forEach(
              entry ->
                  LeafException.locating(
                      entry.getKey(),
                      () ->
                          object.set(
                              entry.getKey(), evaluate(entry.getValue(), evaluator, depth + 1))));
      return object;
    }
    if (template.isArray()) {
      ArrayNode array = NODES.arrayNode(template.size());
      for (JsonNode element : template.values()) {
        LeafException.locating(
            array.size(), () -> array.add(evaluate(element, evaluator, depth + 1)));
      }
      return array;
    }
    if (isExpression(template)) {
      Object value = evaluateLeaf(template.stringValue(), evaluator);
      return value instanceof byte[] bytes
          ? NODES.stringNode(ModelText.base64(bytes))
          : JsonValues.of(value, depth);
    }
    return template;
  }

  /** Gives each leaf that holds an expression, in their order. */
  public static void forEachLeaf(JsonNode template, Consumer<ModelText> consumer) {
    if (template.isContainer()) {
      for (JsonNode child : template.values()) {
        forEachLeaf(child, consumer);
      }
    } else if (isExpression(template)) {
      consumer.accept(ModelText.parse(template.stringValue()));
    }
  }

  /** Whether this leaf is a string that holds an expression. */
  public static boolean isExpression(JsonNode leaf) {
    return leaf.isString() && leaf.stringValue().contains("${");
  }

  /** The value of a leaf for which {@link #isExpression} holds. */
  public static @Nullable Object evaluateLeaf(
      String leaf, Function<String, @Nullable Object> evaluator) {
    return ModelText.parse(leaf).evaluate(evaluator);
  }
}
