package io.restconnector.content.internal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.NumericNode;

/**
 * Text of a deployed model, split where the engine's expression language splits it: at {@code
 * ${...}} and {@code #{...}}. A backslash before them makes them text.
 *
 * @param parts in their order, none of them empty
 */
public record ModelText(List<Part> parts) {

  /**
   * Text of the model, or one expression with its delimiters.
   *
   * @param text without its escapes
   */
  public record Part(String text, boolean isExpression) {}

  public ModelText {
    parts = List.copyOf(parts);
  }

  public static ModelText parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (!startsExpression(text, i)) {
        plain.append(text.charAt(i++));
      } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) == '\\') {
        plain.setLength(plain.length() - 1);
        plain.append(text, i, i + 2);
        i += 2;
      } else {
        addText(parts, plain);
        int end = endOfExpression(text, i + 2);
        parts.add(new Part(text.substring(i, end), true));
        i = end;
      }
    }
    addText(parts, plain);
    return new ModelText(parts);
  }

  private static void addText(List<Part> parts, StringBuilder plain) {
    if (!plain.isEmpty()) {
      parts.add(new Part(plain.toString(), false));
      plain.setLength(0);
    }
  }

  static boolean startsExpression(String text, int i) {
    return text.startsWith("${", i) || text.startsWith("#{", i);
  }

  /** The end of an expression: after its closing brace outside strings, or the end of the text. */
  static int endOfExpression(String text, int start) {
    char quote = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 ? c == '}' : c == quote) {
        if (quote == 0) {
          return i + 1;
        }
        quote = 0;
      } else if (quote != 0 && c == '\\') {
        i++;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      }
    }
    return text.length();
  }

  public boolean hasExpressions() {
    for (Part part : parts) {
      if (part.isExpression()) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is one expression and nothing else, so that its value keeps its type. */
  public boolean isOneExpression() {
    return parts.size() == 1 && parts.get(0).isExpression();
  }

  /**
   * The value of the one expression that it is, else all parts as one text.
   *
   * @param evaluator takes one expression
   */
  public @Nullable Object evaluate(Function<String, @Nullable Object> evaluator) {
    if (isOneExpression()) {
      return evaluator.apply(parts.get(0).text());
    }
    return join(fill(evaluator));
  }

  public static String join(List<Part> parts) {
    return parts.size() == 1
        ? parts.get(0).text()
        : parts.stream().map(Part::text).collect(Collectors.joining());
  }

  /**
   * The same parts with text in place of the expressions, for which {@link Part#isExpression()}
   * still tells where it came from.
   */
  public List<Part> fill(Function<String, @Nullable Object> evaluator) {
    if (isMixed()) {
      throw new IllegalArgumentException("text that mixes ${ and #{");
    }
    List<Part> filled = new ArrayList<>(parts.size());
    for (Part part : parts) {
      filled.add(part.isExpression() ? new Part(text(evaluator.apply(part.text())), true) : part);
    }
    return filled;
  }

  /** Whether it has both kinds of expressions, which the engine does not take. */
  public boolean isMixed() {
    char first = 0;
    for (Part part : parts) {
      char delimiter = part.isExpression() ? part.text().charAt(0) : first;
      if (first != 0 && delimiter != first) {
        return true;
      }
      first = delimiter;
    }
    return false;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** As the engine does it, but for numbers, which it writes as Java does, and for bytes. */
  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Number number) {
      return Numbers.text(number);
    }
    if (value instanceof NumericNode node) {
      return Numbers.text(node);
    }
    if (value instanceof byte[] bytes) {
      return base64(bytes);
    }
    try {
      return value instanceof Enum<?> constant ? constant.name() : value.toString();
    } catch (StackOverflowError endless) {
      throw new IllegalArgumentException("a value that contains itself", endless);
    }
  }
}
