package io.restconnector.project.internal;

import io.restconnector.content.internal.ModelText;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions that expressions call by a name alone. This engine has none of that kind. */
final class Functions {

  private static final Pattern LITERAL =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile("(?<![\\w.:$])(?<!\\.\\s{0,9})([A-Za-z_]\\w*)\\s*\\(");
  private static final Set<String> OPERATORS =
      Set.of(
          "and",
          "or",
          "not",
          "empty",
          "eq",
          "ne",
          "lt",
          "gt",
          "le",
          "ge",
          "div",
          "mod",
          "instanceof");

  private Functions() {}

  /** Their names, in their order. */
  static Set<String> calledIn(String text) {
    Set<String> names = new LinkedHashSet<>();
    for (ModelText.Part part : ModelText.parse(text).parts()) {
      if (part.isExpression()) {
        Matcher call = CALL.matcher(LITERAL.matcher(part.text()).replaceAll("''"));
        while (call.find()) {
          if (!OPERATORS.contains(call.group(1))) {
            names.add(call.group(1));
          }
        }
      }
    }
    return names;
  }

  /** Tells the functions that no engine of ours has. */
  static boolean check(String text, String what, Place place, Faults faults) {
    Set<String> names = text.contains("{") ? calledIn(text) : Set.of();
    for (String name : names) {
      faults.error(
          place,
          "%s calls the function %s(), which this engine does not have".formatted(what, name));
    }
    return names.isEmpty();
  }
}
