package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.trust.Hmac;
import java.util.HashSet;
import java.util.Set;
import org.flowable.common.engine.impl.de.odysseus.el.tree.IdentifierNode;
import org.flowable.common.engine.impl.de.odysseus.el.tree.Node;
import org.flowable.common.engine.impl.de.odysseus.el.tree.impl.Builder;
import org.flowable.common.engine.impl.de.odysseus.el.tree.impl.ast.AstFunction;
import org.flowable.common.engine.impl.de.odysseus.el.tree.impl.ast.AstString;
import org.jspecify.annotations.Nullable;

/** Which of our functions expressions call, told before one is evaluated. */
final class FunctionCalls {

  static final String HMAC = "hmac";

  private final Builder builder =
      new Builder(Builder.Feature.METHOD_INVOCATIONS, Builder.Feature.VARARGS);
  private final Set<String> secretNames = new HashSet<>();
  private boolean isSigning;
  private @Nullable String problem;

  /** Names of secrets that stand in the expressions as they are. */
  Set<String> secretNames() {
    return secretNames;
  }

  /**
   * Looks at an expression that parses.
   *
   * @return what is wanted in place of it, null where nothing is wrong
   */
  @Nullable String problemOf(String expression, boolean maySign) {
    isSigning = false;
    problem = null;
    visit(builder.build(expression).getRoot());
    return isSigning && !maySign ? "hmac only in body and answerHeaders" : problem;
  }

  /** The names of variables and beans that an expression looks at. */
  static Set<String> names(String expression) {
    Set<String> names = new HashSet<>();
    for (IdentifierNode identifier :
        new FunctionCalls().builder.build(expression).getIdentifierNodes()) {
      names.add(identifier.getName());
    }
    return names;
  }

  /** Whether an expression that parses looks at a variable. */
  static boolean sees(String expression, String variable) {
    return names(expression).contains(variable);
  }

  private void visit(Node node) {
    if (node instanceof AstFunction function && function.getName().startsWith(HMAC + ":")) {
      isSigning = true;
      String algorithm = literal(function, 0);
      String secretName = literal(function, 1);
      if (algorithm != null && !Hmac.ALGORITHMS.contains(algorithm)) {
        problem = "as algorithm one of " + Hmac.ALGORITHMS;
      }
      if (secretName != null) {
        secretNames.add(secretName);
      }
    }
    for (int i = 0; i < node.getCardinality(); i++) {
      visit(node.getChild(i));
    }
  }

  @SuppressWarnings("NullAway") // a literal needs neither bindings nor context
  private static @Nullable String literal(AstFunction function, int index) {
    Node arguments = function.getChild(0);
    return index < arguments.getCardinality() && arguments.getChild(index) instanceof AstString text
        ? (String) text.eval(null, null)
        : null;
  }
}
