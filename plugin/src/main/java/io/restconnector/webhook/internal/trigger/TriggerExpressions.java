package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.JsonTemplate;
import io.restconnector.content.ModelText;
import java.util.HashMap;
import java.util.Map;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.impl.el.ExpressionManager;
import tools.jackson.databind.JsonNode;

/**
 * The expressions of one trigger file, parsed while it is read, so that a broken one is refused.
 */
final class TriggerExpressions {

  private final ExpressionManager expressionManager;
  private final Map<String, Expression> byText = new HashMap<>();

  TriggerExpressions(ExpressionManager expressionManager) {
    this.expressionManager = expressionManager;
  }

  Map<String, Expression> byText() {
    return byText;
  }

  /** Every string of a template that holds an expression. */
  void parseAll(String property, JsonNode template) throws InvalidTriggerException {
    for (Map.Entry<String, JsonNode> entry : template.properties()) {
      parseAll(property + "." + entry.getKey(), entry.getValue());
    }
    if (template.isArray()) {
      for (JsonNode element : template.values()) {
        parseAll(property, element);
      }
    } else if (JsonTemplate.isExpression(template)) {
      parse(property, template);
      for (ModelText.Part part : ModelText.parse(template.stringValue()).parts()) {
        if (part.isExpression()) {
          byText.put(part.text(), expressionManager.createExpression(part.text()));
        }
      }
    }
  }

  Expression parse(String property, JsonNode leaf) throws InvalidTriggerException {
    try {
      return expressionManager.createExpression(leaf.stringValue().strip());
    } catch (RuntimeException malformed) {
      throw new InvalidTriggerException(property, leaf, "an expression that parses", malformed);
    }
  }
}
