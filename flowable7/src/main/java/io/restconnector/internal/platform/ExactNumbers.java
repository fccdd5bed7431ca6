package io.restconnector.internal.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.restconnector.content.internal.Numbers;
import org.flowable.common.engine.impl.el.DefaultExpressionManager;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.flowable.common.engine.impl.el.JsonNodeELResolver;
import org.flowable.common.engine.impl.javax.el.ELContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Keeps every digit of a number in a JSON variable, where the engine would make a double of it:
 * when it is read back from the database, and when an expression asks for it.
 */
public final class ExactNumbers extends JsonNodeELResolver {

  private ExactNumbers() {}

  /** Nothing: the types of variables do not exist yet. */
  public static void beforeInit(ProcessEngineConfigurationImpl engine) {}

  /** For variables and for the expressions of processes. */
  public static void afterInit(ProcessEngineConfigurationImpl engine) {
    ExactJsonType.install(engine);
    readInExpressions(engine.getExpressionManager());
  }

  /** Only where the application has no resolver of its own for JSON. */
  public static void readInExpressions(ExpressionManager expressions) {
    if (expressions instanceof DefaultExpressionManager manager
        && manager.getJsonNodeResolver() == null) {
      manager.setJsonNodeResolver(new ExactNumbers());
    }
  }

  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    if (base instanceof JsonNode node) {
      JsonNode value =
          node.isArray() && property instanceof Number index
              ? node.get(index.intValue())
              : node.get(String.valueOf(property));
      if (value != null && (value.isBigDecimal() || value.isBigInteger())) {
        context.setPropertyResolved(true);
        return Numbers.toVariable(
            value.isBigInteger()
                ? JsonNodeFactory.instance.numberNode(value.bigIntegerValue())
                : JsonNodeFactory.instance.numberNode(value.decimalValue()));
      }
    }
    return super.getValue(context, base, property);
  }
}
