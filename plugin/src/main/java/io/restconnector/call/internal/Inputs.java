package io.restconnector.call.internal;

import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The inputs of one call by name, each in the forms that the contract accepts. */
public final class Inputs {

  /** Where inputs come from. */
  public interface Source {
    /** The input of this name, null where there is none. */
    @Nullable Input find(String name) throws InvalidInputException;
  }

  /** What gave an input its value. */
  enum Origin {
    FIELD("the field "),
    IN("flowable:in with the target "),
    MAPPING("the mapping of "),
    VARIABLE("the variable ");

    final String text;

    Origin(String text) {
      this.text = text;
    }
  }

  /**
   * One input as it was found.
   *
   * @param evaluator evaluates one expression of the deployed model; null for what is data
   * @param mixed what the model mixes from text and expressions, in place of a value; without it
   *     and with an evaluator the value is a literal, which may be a JSON template
   */
  public record Input(
      Origin origin,
      @Nullable Object value,
      @Nullable Function<String, @Nullable Object> evaluator,
      @Nullable ModelText mixed) {

    public Input(@Nullable Object value, @Nullable Function<String, @Nullable Object> evaluator) {
      this(evaluator == null ? Origin.VARIABLE : Origin.FIELD, value, evaluator, null);
    }

    /** What the task gives as a value. */
    public static Input ofTask(@Nullable Object value) {
      return new Input(Origin.FIELD, value, null, null);
    }

    /** What the task mixes from text and expressions, however much it has of either. */
    public static Input ofTask(ModelText mixed, Function<String, @Nullable Object> evaluator) {
      return new Input(Origin.FIELD, null, evaluator, mixed);
    }

    /**
     * An expression of the model: evaluated, but where text around it is a matter of its reader.
     */
    static Input ofExpression(
        Origin origin, String text, Function<String, @Nullable Object> evaluator) {
      return ofExpression(origin, ModelText.parse(text.strip()), evaluator);
    }

    static Input ofExpression(
        Origin origin, ModelText model, Function<String, @Nullable Object> evaluator) {
      return model.isOneExpression() || !model.hasExpressions()
          ? new Input(origin, model.evaluate(evaluator), null, null)
          : new Input(origin, null, evaluator, model);
    }

    /** A literal without its evaluator. */
    Input unevaluated() {
      return new Input(origin, value, mixed == null ? null : evaluator, mixed);
    }

    boolean isAbsent() {
      return value == null && mixed == null;
    }

    boolean isLiteral() {
      return evaluator != null && mixed == null;
    }
  }

  private final FoundInputs found;
  private final ParsedOnce<JsonNode> templates;

  public Inputs(Source source) {
    this(source, new ParsedOnce<>());
  }

  /**
   * @param templates that other calls have parsed before
   */
  Inputs(Source source, ParsedOnce<JsonNode> templates) {
    found = new FoundInputs(source);
    this.templates = templates;
  }

  /** A literal of the model, null where the input is anything else. */
  @Nullable String literal(String name) throws InvalidInputException {
    Input input = found.find(name);
    return input != null && input.isLiteral() && input.value() instanceof String text ? text : null;
  }

  /** Whether the task gives this input, be it null, and no variable. */
  boolean isOfTheTask(String name) throws InvalidInputException {
    return found.isOfTheTask(name);
  }

  /** An input that is not JSON. */
  @Nullable Object raw(String name) throws InvalidInputException {
    return found.raw(name);
  }

  /** As {@link FoundInputs#parts}. */
  List<ModelText.Part> parts(String name) throws InvalidInputException {
    return found.parts(name);
  }

  /** As {@link FoundInputs#located}. */
  InvalidInputException located(InvalidInputException wrong) {
    return found.located(wrong);
  }

  @Nullable JsonNode json(String name) throws InvalidInputException {
    return json(name, "JSON");
  }

  @Nullable JsonNode map(String name) throws InvalidInputException {
    JsonNode node = json(name, "a JSON map");
    if (node != null && !node.isObject()) {
      throw new InvalidInputException(
          "%s is a JSON %s, wanted a JSON map".formatted(name, node.getNodeType()));
    }
    return node;
  }

  /** A String that holds no JSON object, else null. */
  @Nullable String textButNoObject(String name) throws InvalidInputException {
    Input input = found.find(name);
    if (input == null || !(input.value() instanceof String text)) {
      return null;
    }
    try {
      if (JsonText.parse(text).isObject()) {
        return null;
      }
    } catch (IllegalArgumentException noJson) {
      // It is a form as it stands.
    }
    FoundInputs.checked(name, input);
    return text;
  }

  /** JSON that is given as a String and is no template, once it was checked; else null. */
  @Nullable String jsonText(String name) throws InvalidInputException {
    Input input = found.find(name);
    return input != null
            && input.evaluator() == null
            && input.value() instanceof String text
            && json(name) != null
        ? text
        : null;
  }

  private @Nullable JsonNode json(String name, String wanted) throws InvalidInputException {
    Input input = found.find(name);
    if (input == null || input.isAbsent()) {
      return null;
    }
    if (input.mixed() != null) {
      throw new InvalidInputException(
          "%s is text mixed with expressions, in which a value can leave its place, wanted %s"
              .formatted(
                  name,
                  input.origin() == Origin.FIELD
                      ? "a JSON template: flowable:string instead of flowable:expression"
                      : "one single expression, or a variable, that gives " + wanted));
    }
    try {
      JsonNode node =
          !(input.value() instanceof String text)
              ? JsonValues.of(input.value())
              : input.isLiteral() ? templates.get(text, JsonText::parse) : JsonText.parse(text);
      if (input.evaluator() != null) {
        node = JsonTemplate.evaluate(node, input.evaluator());
      }
      return node.isNull() ? null : node;
    } catch (IllegalArgumentException noJson) {
      throw new InvalidInputException(
          "%s is %s, wanted %s%s"
              .formatted(
                  name,
                  noJson.getMessage(),
                  wanted,
                  noJson instanceof JsonText.NoJsonException text
                      ? "; " + text.fault() + InputFault.quotesHint(input)
                      : ""));
    }
  }

  boolean bool(String name, boolean defaultValue) throws InvalidInputException {
    return ScalarInput.bool(name, raw(name), defaultValue);
  }

  long integer(String name, long defaultValue, long min, long max) throws InvalidInputException {
    return ScalarInput.integer(name, raw(name), defaultValue, min, max);
  }
}
