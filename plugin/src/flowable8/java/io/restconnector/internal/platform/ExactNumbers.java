package io.restconnector.internal.platform;

import io.restconnector.content.internal.Numbers;
import org.flowable.common.engine.impl.el.DefaultExpressionManager;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.flowable.common.engine.impl.el.JsonNodeELResolver;
import org.flowable.common.engine.impl.javax.el.ELContext;
import org.flowable.common.engine.impl.json.jackson3.Jackson3VariableJsonMapper;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps every digit of a number in a JSON variable, where the engine would make a double of it:
 * when it is read back from the database, and when an expression asks for it.
 */
public final class ExactNumbers extends JsonNodeELResolver {

  private ExactNumbers() {}

  /** For variables only, and only where the application has no mapper of its own for them. */
  public static void beforeInit(ProcessEngineConfigurationImpl engine) {
    if (engine.getVariableJsonMapper() == null) {
      ObjectMapper mapper = engine.getObjectMapper();
      engine.setVariableJsonMapper(
          new Jackson3VariableJsonMapper(
              Numbers.exact(mapper == null ? JsonMapper.shared() : mapper)));
    }
  }

  /** As {@link #readInExpressions}, for the expressions of processes. */
  public static void afterInit(ProcessEngineConfigurationImpl engine) {
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
        return Numbers.toVariable(value);
      }
    }
    return super.getValue(context, base, property);
  }
}
