package io.restconnector.content.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON of a deployed model in which an expression may stand without quotes, where its value keeps
 * its type, or in a string, where its value becomes text.
 *
 * <p>As in a {@link JsonTemplate}, a value can never leave its place and is not evaluated.
 */
public final class TypedTemplate {

  /** No XML document holds it, so no string of a model does. */
  private static final char MARK = '\uffff';

  private static final char FIRST = '\u0100';

  private final JsonNode tree;
  private final List<String> bare;

  private TypedTemplate(JsonNode tree, List<String> bare) {
    this.tree = tree;
    this.bare = bare;
  }

  /**
   * Parses the text.
   *
   * @throws JsonText.NoJsonException when it is no JSON even with values for its expressions
   */
  public static TypedTemplate parse(String text) {
    List<String> bare = new ArrayList<>();
    StringBuilder json = new StringBuilder();
    boolean isString = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (!isString && ModelText.startsExpression(text, i)) {
        int end = ModelText.endOfExpression(text, i + 2);
        // As long as the expression, so that the parser's columns are those of the model.
        json.append('"').append(MARK).append((char) (FIRST + bare.size())).append('"');
        json.append(" ".repeat(Math.max(0, end - i - 4)));
        bare.add(text.substring(i, end));
        i = end;
      } else if (isString && c == '\\' && i + 1 < text.length()) {
        json.append(text, i, i + 2);
        i += 2;
      } else {
        isString ^= c == '"';
        json.append(c);
        i++;
      }
    }
    return new TypedTemplate(JsonText.parse(json.toString()), List.copyOf(bare));
  }

  /** Gives each text that holds expressions. */
  public void forEachExpression(Consumer<ModelText> consumer) {
    bare.forEach(each -> consumer.accept(ModelText.parse(each)));
    JsonTemplate.forEachLeaf(tree, consumer);
  }

  /**
   * The JSON with its expressions replaced by their values.
   *
   * @param evaluator takes one expression
   * @throws IllegalArgumentException when a value has no JSON form; the message names its place
   */
  public JsonNode evaluate(Function<String, @Nullable Object> evaluator) {
    return JsonTemplate.copy(
        tree,
        0,
        (node, depth) -> node.isString() ? leaf(node.stringValue(), evaluator, depth) : node);
  }

  private JsonNode leaf(String text, Function<String, @Nullable Object> evaluator, int depth) {
    if (text.length() == 2 && text.charAt(0) == MARK) {
      return JsonTemplate.node(evaluator.apply(bare.get(text.charAt(1) - FIRST)), depth);
    }
    return JsonNodeFactory.instance.stringNode(
        ModelText.join(ModelText.parse(text).fill(evaluator)));
  }
}
