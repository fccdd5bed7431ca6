package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.ModelText;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.impl.el.ExpressionManager;
import tools.jackson.databind.JsonNode;

/**
 * The expressions of one trigger file, parsed while it is read, so that a broken one is refused.
 */
final class TriggerExpressions {

  private final ExpressionManager expressionManager;
  private final Map<String, Expression> byText = new HashMap<>();
  private final FunctionCalls calls = new FunctionCalls();

  TriggerExpressions(ExpressionManager expressionManager) {
    this.expressionManager = expressionManager;
  }

  Map<String, Expression> byText() {
    return byText;
  }

  /** Names of the secrets by which expressions sign, as far as the file tells them. */
  Set<String> secretNames() {
    return calls.secretNames();
  }

  /** Every string of a template that holds an expression. */
  void parseAll(String property, JsonNode template) throws InvalidTriggerException {
    parseAll(property, template, false);
  }

  /** As {@link #parseAll}, of a template whose expressions may sign. */
  void parseAnswer(String property, JsonNode template) throws InvalidTriggerException {
    parseAll(property, template, true);
  }

  private void parseAll(String property, JsonNode template, boolean maySign)
      throws InvalidTriggerException {
    for (Map.Entry<String, JsonNode> entry : template.properties()) {
      parseAll(property + "." + entry.getKey(), entry.getValue(), maySign);
    }
    if (template.isArray()) {
      for (JsonNode element : template.values()) {
        parseAll(property, element, maySign);
      }
    } else if (JsonTemplate.isExpression(template)) {
      parse(property, template, maySign);
      for (ModelText.Part part : ModelText.parse(template.stringValue()).parts()) {
        if (part.isExpression()) {
          byText.put(part.text(), expressionManager.createExpression(part.text()));
        }
      }
    }
  }

  /** Of a property that is one expression: with text around it, it would give text. */
  Expression parse(String property, JsonNode leaf) throws InvalidTriggerException {
    if (!leaf.isString()
        || !JsonTemplate.isExpression(leaf)
        || !ModelText.parse(leaf.stringValue().strip()).isOneExpression()) {
      throw new InvalidTriggerException(
          property, leaf, "an expression ${…} without text around it");
    }
    return parse(property, leaf, false);
  }

  private Expression parse(String property, JsonNode leaf, boolean maySign)
      throws InvalidTriggerException {
    String text = leaf.stringValue().strip();
    Expression expression;
    String problem;
    try {
      expression = expressionManager.createExpression(text);
      problem = calls.problemOf(text, maySign);
    } catch (RuntimeException malformed) {
      throw new InvalidTriggerException(property, leaf, "an expression that parses", malformed);
    }
    if (problem != null) {
      throw new InvalidTriggerException(property, leaf, problem);
    }
    return expression;
  }
}
