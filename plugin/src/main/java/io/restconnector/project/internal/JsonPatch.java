package io.restconnector.project.internal;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Patch (RFC 6902), which makes the objects on the way to a place where they are missing, as
 * the product does whose files we read.
 */
final class JsonPatch {

  /** The operations, with the member that each needs beside its path. */
  private static final Map<String, String> OPERATIONS =
      Map.of(
          "add", "value",
          "replace", "value",
          "test", "value",
          "remove", "path",
          "move", "from",
          "copy", "from");

  private static final Set<String> POINTERS = Set.of("path", "from");

  private JsonPatch() {}

  /** What is wrong with the form of a patch, null for nothing. */
  static @Nullable String fault(JsonNode patch) {
    if (!patch.isArray()) {
      return "wanted a list of operations";
    }
    for (int i = 0; i < patch.size(); i++) {
      JsonNode operation = patch.get(i);
      String needed = OPERATIONS.get(operation.path("op").asString(""));
      if (needed == null) {
        return "operation %d has no op, wanted add, remove, replace, move, copy or test"
            .formatted(i + 1);
      }
      if (!operation.has("path") || !operation.has(needed)) {
        return "operation %d lacks %s".formatted(i + 1, operation.has("path") ? needed : "path");
      }
      for (String pointer : POINTERS) {
        if (operation.has(pointer) && !isPointer(operation.path(pointer))) {
          return "operation %d has a %s that is no JSON Pointer (RFC 6901)"
              .formatted(i + 1, pointer);
        }
      }
    }
    return null;
  }

  private static boolean isPointer(JsonNode node) {
    String text = node.isString() ? node.stringValue() : "no pointer";
    return (text.isEmpty() || text.startsWith("/")) && !text.matches(".*~([^01].*|$)");
  }

  /**
   * The document with its changes.
   *
   * @param patch without a {@link #fault}
   * @param document stays as it is; null or JSON null counts as an empty object
   * @throws IllegalArgumentException when a change cannot be made, with the reason
   */
  static JsonNode apply(JsonNode patch, JsonNode document) {
    JsonNode patched =
        document.isNull() || document.isMissingNode()
            ? JsonNodeFactory.instance.objectNode()
            : document.deepCopy();
    for (JsonNode operation : patch.values()) {
      patched = apply(operation, pointer(operation, "path"), patched);
    }
    return patched;
  }

  private static JsonNode apply(JsonNode operation, JsonPointer path, JsonNode document) {
    JsonNode value = operation.path("value").deepCopy();
    return switch (operation.path("op").asString("")) {
      case "remove" -> remove(path, document);
      case "replace" -> path.matches() ? value : add(path, value, remove(path, document));
      case "test" -> tested(path, value, document);
      case "copy" -> add(path, at(pointer(operation, "from"), document), document);
      case "move" -> {
        JsonNode moved = at(pointer(operation, "from"), document);
        yield add(path, moved, remove(pointer(operation, "from"), document));
      }
      default -> add(path, value, document);
    };
  }

  private static JsonNode tested(JsonPointer path, JsonNode value, JsonNode document) {
    if (!document.at(path).equals(JsonPatch::compare, value)) {
      throw unfit(path, "has another value than the one that is tested");
    }
    return document;
  }

  /** Numbers are equal by their value, whatever type of number a variable has. */
  private static int compare(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue())
        : one.equals(other) ? 0 : 1;
  }

  private static JsonNode at(JsonPointer path, JsonNode document) {
    if (!existing(path, document)) {
      throw unfit(path, "has nothing");
    }
    return document.at(path).deepCopy();
  }

  private static boolean existing(JsonPointer path, JsonNode document) {
    return !document.at(path).isMissingNode();
  }

  private static JsonNode add(JsonPointer path, JsonNode value, JsonNode document) {
    if (path.matches()) {
      return value;
    }
    JsonNode parent = parent(path, document);
    String name = path.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      object.set(name, value);
    } else if (parent instanceof ArrayNode array && name.equals("-")) {
      array.add(value);
    } else if (parent instanceof ArrayNode array
        && index(name) >= 0
        && index(name) <= array.size()) {
      array.insert(index(name), value);
    } else {
      throw unfit(path, "is no place where something can be");
    }
    return document;
  }

  private static JsonNode remove(JsonPointer path, JsonNode document) {
    if (path.matches() || !existing(path, document)) {
      throw unfit(path, "has nothing");
    }
    JsonNode parent = document.at(path.head());
    String name = path.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      object.remove(name);
    } else {
      ((ArrayNode) parent).remove(index(name));
    }
    return document;
  }

  /** The container of a place. Objects that are missing on the way to it are made. */
  private static JsonNode parent(JsonPointer path, JsonNode document) {
    JsonNode node = document;
    for (JsonPointer rest = path; !rest.tail().matches(); rest = rest.tail()) {
      String name = rest.getMatchingProperty();
      JsonNode next = node instanceof ArrayNode ? node.path(index(name)) : node.path(name);
      if (next.isMissingNode() || next.isNull()) {
        if (!(node instanceof ObjectNode object)) {
          throw unfit(path, "is no place where something can be");
        }
        next = object.putObject(name);
      }
      node = next;
    }
    return node;
  }

  private static int index(String name) {
    return name.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(name) : -1;
  }

  private static JsonPointer pointer(JsonNode operation, String member) {
    return JsonPointer.compile(operation.path(member).asString(""));
  }

  private static IllegalArgumentException unfit(JsonPointer place, String fault) {
    return new IllegalArgumentException(
        "a JSON Patch whose place '%s' %s".formatted(place.toString(), fault));
  }
}
