package io.restconnector.call.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An expression that is a path into an output, such as <code>${restResult.items[0].name}</code>.
 */
final class ResponsePath {

  private static final String STEP =
      "\\.\\s*([A-Za-z_][A-Za-z0-9_]*)|\\[\\s*(?:([0-9]{1,9})|'([^'\\\\]*)'|\"([^\"\\\\]*)\")\\s*]";
  private static final Pattern STEPS = Pattern.compile(STEP);
  private static final Pattern PATH =
      Pattern.compile("\\$\\{\\s*(restResult|restResponseHeaders)((?:\\s*(?:" + STEP + "))+)\\s*}");

  private ResponsePath() {}

  /**
   * Whether the expression is such a path and leads to what the output does not have; JSON null is
   * there.
   */
  static boolean isLacking(String expression, OutputVariables outputs) {
    Matcher path = PATH.matcher(expression.strip());
    if (!path.matches()) {
      return false;
    }
    Object value = outputs.output(path.group(1));
    Matcher step = STEPS.matcher(path.group(2));
    while (step.find()) {
      if (!(value instanceof JsonNode node)) {
        return true;
      }
      value = child(node, step);
      if (value == null) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable JsonNode child(JsonNode node, Matcher step) {
    if (step.group(2) != null) {
      return node.get(Integer.parseInt(step.group(2)));
    }
    String name =
        step.group(1) != null
            ? step.group(1)
            : step.group(3) != null ? step.group(3) : step.group(4);
    return node.get(name);
  }
}
