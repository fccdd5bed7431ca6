package io.restconnector.project.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The authentications that a project names. What else their files say is not taken. */
final class Authentications {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passphrase|passwd|secret|token|credential|(api|access|private|signing).?key).*");
  private static final Pattern NO_SECRET = Pattern.compile("(?i).*(url|uri|endpoint|type|id)");

  private Authentications() {}

  /** The files by the name of the authentication. */
  static Map<String, String> read(Map<String, JsonNode> files, Faults faults) {
    Map<String, String> names = new TreeMap<>();
    files.forEach(
        (file, tree) -> {
          String name = tree.path("name").asString("").strip();
          if (name.isEmpty()) {
            faults.error(
                Place.of(file), "the file is no authentication, wanted an object with a name");
            return;
          }
          String first = names.putIfAbsent(name, file);
          if (first != null) {
            faults.error(
                Place.of(file),
                "the authentication '%s' is also in %s, wanted one of a name"
                    .formatted(name, first));
          }
          if (hasSecret(tree)) {
            faults.warning(
                Place.of(file),
                "the file has a secret, which now lies in the engine's resources and is not used,"
                    + " wanted it under rest-connector.authentications.%s".formatted(name));
          }
        });
    return names;
  }

  /** Tells the names that this node lacks. */
  static void check(Map<String, String> names, Set<String> configured, Faults faults) {
    names.forEach(
        (name, file) -> {
          if (!configured.contains(name)) {
            faults.error(
                Place.of(file),
                "wants the authentication '%s' under rest-connector.authentications"
                    .formatted(name));
          }
        });
  }

  private static boolean hasSecret(JsonNode tree) {
    if (isSecret(tree.path("name").asString("")) && isFilled(tree.path("value"))) {
      return true;
    }
    return tree.isObject()
        ? tree.properties().stream()
            .anyMatch(
                each ->
                    (isSecret(each.getKey()) && isFilled(each.getValue()))
                        || hasSecret(each.getValue()))
        : tree.values().stream().anyMatch(Authentications::hasSecret);
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name).matches() && !NO_SECRET.matcher(name).matches();
  }

  /** A text that is one expression names a place where the secret is. */
  private static boolean isFilled(JsonNode value) {
    return value.isValueNode()
        && !value.isBoolean()
        && !value.isNull()
        && !value.asString("").isBlank()
        && !value.asString("").startsWith("${");
  }
}
