package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.request.PathSegments;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a trigger.
 *
 * @param literals one for each segment, null where the segment is a variable
 * @param variables one for each segment, null where the segment is a literal
 */
public record PathTemplate(List<@Nullable String> literals, List<@Nullable String> variables) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

  /** Without what other routers take for a pattern: it would match nothing here. */
  private static final Pattern LITERAL =
      Pattern.compile("(?!:)[^{}/?#%*<>|^\\[\\]\\\\\\s\\p{Cntrl}]+");

  /**
   * Parses segments that are separated by slashes; <code>{name}</code> is a variable.
   *
   * @throws IllegalArgumentException when it is no such path
   */
  static PathTemplate parse(String path) {
    String[] segments = path.split("/", -1);
    @Nullable String[] literals = new String[segments.length];
    @Nullable String[] variables = new String[segments.length];
    Set<String> names = new HashSet<>();
    for (int i = 0; i < segments.length; i++) {
      Matcher variable = VARIABLE.matcher(segments[i]);
      if (variable.matches() && names.add(variable.group(1))) {
        variables[i] = variable.group(1);
      } else if (PathSegments.isUsable(segments[i]) && LITERAL.matcher(segments[i]).matches()) {
        literals[i] = segments[i];
      } else {
        throw new IllegalArgumentException(path);
      }
    }
    return new PathTemplate(Arrays.asList(literals), Arrays.asList(variables));
  }

  /** As a channel file has it. */
  public String text() {
    StringJoiner text = new StringJoiner("/");
    for (int i = 0; i < literals.size(); i++) {
      String literal = literals.get(i);
      text.add(literal == null ? "{" + variables.get(i) + "}" : literal);
    }
    return text.toString();
  }

  public Map<String, Object> values(List<String> segments) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String name = variables.get(i);
      if (name != null) {
        values.put(name, segments.get(i));
      }
    }
    return values;
  }
}
