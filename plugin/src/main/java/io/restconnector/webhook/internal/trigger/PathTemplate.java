package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.request.PathSegments;
import io.restconnector.webhook.internal.request.RefusedException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a trigger.
 *
 * @param text as a channel file has it
 * @param literals one for each segment, decoded; null where the segment is a variable
 * @param variables one for each segment, null where the segment is a literal
 */
public record PathTemplate(
    String text, List<@Nullable String> literals, List<@Nullable String> variables) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]*)}");

  /**
   * Without what other routers take for a pattern: it would match nothing here. Percent-encoded,
   * each character stands for itself.
   */
  private static final Pattern LITERAL =
      Pattern.compile("(?!:)(?:%[0-9A-Fa-f]{2}|[^{}/?#%*<>|^\\[\\]\\\\\\s\\p{Cntrl}])+");

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
      } else if (LITERAL.matcher(segments[i]).matches()) {
        literals[i] = literal(segments[i]);
      } else {
        throw new IllegalArgumentException(path);
      }
    }
    if (PathSegments.ANSWERS.equals(literals[0])) {
      throw new IllegalArgumentException(path);
    }
    return new PathTemplate(path, Arrays.asList(literals), Arrays.asList(variables));
  }

  /** As requests are decoded, so that it does not matter how either of the two is written. */
  private static String literal(String segment) {
    try {
      List<String> decoded = PathSegments.of(segment);
      if (decoded.size() == 1 && decoded.get(0).chars().noneMatch(Character::isISOControl)) {
        return decoded.get(0);
      }
    } catch (RefusedException noUtf8) {
      throw new IllegalArgumentException(segment, noUtf8);
    }
    throw new IllegalArgumentException(segment);
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
