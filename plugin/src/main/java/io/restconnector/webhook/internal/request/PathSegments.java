package io.restconnector.webhook.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The segments of a request's path. */
public final class PathSegments {

  /** The first segment of the addresses of answers that processes give. */
  public static final String ANSWERS = ".answers";

  private static final Pattern UNUSUAL = Pattern.compile("[%;]|//|/\\.");

  private PathSegments() {}

  /**
   * Decodes the segments one by one, so that an encoded slash stays inside its segment. One slash
   * at the end is ignored. Empty where a segment is not usable.
   */
  public static List<String> of(String path) throws RefusedException {
    List<String> segments = new ArrayList<>();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    for (String segment : trimmed.split("/", -1)) {
      String decoded = PercentDecoder.decode(segment, false);
      if (!isUsable(decoded)) {
        return List.of();
      }
      segments.add(decoded);
    }
    return segments;
  }

  /** Empty and dot segments mean something else to every party that a request passes. */
  public static boolean isUsable(String segment) {
    return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
  }

  /** Whether no dispatcher decodes or normalizes it, and might so find another servlet. */
  public static boolean isPlain(String path) {
    return !UNUSUAL.matcher(path).find();
  }
}
