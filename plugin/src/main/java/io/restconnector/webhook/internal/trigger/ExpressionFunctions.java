package io.restconnector.webhook.internal.trigger;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.flowable.common.engine.api.delegate.FlowableFunctionDelegate;
import org.flowable.common.engine.impl.de.odysseus.el.tree.impl.ast.AstFunction;
import org.flowable.common.engine.impl.de.odysseus.el.tree.impl.ast.AstNode;
import org.flowable.common.engine.impl.de.odysseus.el.tree.impl.ast.AstParameters;
import org.flowable.common.engine.impl.el.ExpressionManager;
import org.flowable.common.engine.impl.el.FlowableAstFunctionCreator;
import org.flowable.common.engine.impl.el.FlowableExpressionParser;
import org.flowable.common.engine.impl.el.VariableContainerELResolver;
import org.jspecify.annotations.Nullable;

/**
 * A function of {@link TriggerFunctions} for the engine's expressions. Its first argument is what
 * the expression is evaluated over, which no expression writes.
 */
final class ExpressionFunctions implements FlowableFunctionDelegate, FlowableAstFunctionCreator {

  private final String prefix;
  private final Method method;

  private ExpressionFunctions(String prefix, Method method) {
    this.prefix = prefix;
    this.method = method;
  }

  /** Teaches an event registry the functions; does nothing where it knows them. */
  static void install(ExpressionManager expressions) {
    List<FlowableFunctionDelegate> functions = copy(expressions.getFunctionDelegates());
    if (functions.stream().anyMatch(ExpressionFunctions.class::isInstance)) {
      return;
    }
    List<FlowableAstFunctionCreator> creators = copy(expressions.getAstFunctionCreators());
    for (Method method : TriggerFunctions.class.getDeclaredMethods()) {
      String prefix =
          switch (method.getName()) {
            case "parse" -> "json";
            case "hex", "base64" -> FunctionCalls.HMAC;
            default -> "";
          };
      if (!prefix.isEmpty()) {
        ExpressionFunctions function = new ExpressionFunctions(prefix, method);
        functions.add(function);
        creators.add(function);
      }
    }
    expressions.setAstFunctionCreators(creators);
    expressions.setFunctionDelegates(functions);
  }

  private static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? new ArrayList<>() : new ArrayList<>(list);
  }

  @Override
  public String prefix() {
    return prefix;
  }

  @Override
  public String localName() {
    return method.getName();
  }

  @Override
  public Method functionMethod() {
    return method;
  }

  @Override
  public Collection<String> getFunctionNames() {
    return List.of(prefix + ":" + method.getName());
  }

  @Override
  public AstFunction createFunction(
      String name,
      int index,
      AstParameters parameters,
      boolean varargs,
      FlowableExpressionParser parser) {
    List<AstNode> all = new ArrayList<>();
    all.add(parser.createIdentifier(VariableContainerELResolver.VARIABLE_CONTAINER_KEY));
    for (int i = 0; i < parameters.getCardinality(); i++) {
      all.add(parameters.getChild(i));
    }
    return new AstFunction(name, index, new AstParameters(all), varargs);
  }
}
