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
    return copy(
        template,
        0,
        (leaf, depth) ->
            isExpression(leaf) ? node(evaluateLeaf(leaf.stringValue(), evaluator), depth) : leaf);
  }

  /** What takes the place of a leaf, and how many containers are around it. */
  @FunctionalInterface
  interface Leaf {
    JsonNode replace(JsonNode leaf, int depth);
  }

  /** A copy of the tree with other leaves; who fails at one fails with its place. */
  static JsonNode copy(JsonNode tree, int depth, Leaf leaf) {
    if (tree.isObject()) {
      ObjectNode object = NODES.objectNode();
      tree.properties()
          .forEach(
              entry ->
                  LeafException.locating(
                      entry.getKey(),
                      () -> object.set(entry.getKey(), copy(entry.getValue(), depth + 1, leaf))));
      return object;
    }
    if (tree.isArray()) {
      ArrayNode array = NODES.arrayNode(tree.size());
      for (JsonNode element : tree.values()) {
        LeafException.locating(array.size(), () -> array.add(copy(element, depth + 1, leaf)));
      }
      return array;
    }
    return leaf.replace(tree, depth);
  }

  /** The value of an expression, with bytes as base64. */
  static JsonNode node(@Nullable Object value, int depth) {
    return value instanceof byte[] bytes
        ? NODES.stringNode(ModelText.base64(bytes))
        : JsonValues.of(value, depth);
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
