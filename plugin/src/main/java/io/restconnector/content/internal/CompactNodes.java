package io.restconnector.content.internal;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes objects that take memory for their members only once they have any. Those of Jackson take
 * eighty bytes for the two of an empty object.
 */
class CompactNodes extends JsonNodeFactory {

  private static final long serialVersionUID = 1;

  /** Most objects have few members; a table of sixteen places is the larger part of them. */
  private static final int FIRST_CAPACITY = 4;

  @Override
  public ObjectNode objectNode() {
    return new CompactObject(this);
  }

  private static final class CompactObject extends ObjectNode {

    private static final long serialVersionUID = 1;

    CompactObject(CompactNodes nodes) {
      super(nodes, new Members());
    }

    /** The engine keeps a copy of each JSON variable, to see whether it changes. */
    @Override
    public ObjectNode deepCopy() {
      ObjectNode copy = _nodeFactory.objectNode();
      properties().forEach(member -> copy.set(member.getKey(), member.getValue().deepCopy()));
      return copy;
    }
  }

  private static final class Members extends AbstractMap<String, JsonNode> {

    private Map<String, JsonNode> members = Map.of();

    @Override
    public @Nullable JsonNode put(String name, JsonNode value) {
      if (members.isEmpty() && !(members instanceof LinkedHashMap)) {
        members = new LinkedHashMap<>(FIRST_CAPACITY);
      }
      return members.put(name, value);
    }

    @Override
    public @Nullable JsonNode get(Object name) {
      return members.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
      return members.containsKey(name);
    }

    @Override
    public @Nullable JsonNode remove(Object name) {
      return members.isEmpty() ? null : members.remove(name);
    }

    @Override
    public void clear() {
      members = Map.of();
    }

    @Override
    public int size() {
      return members.size();
    }

    @Override
    public Set<Map.Entry<String, JsonNode>> entrySet() {
      return members.entrySet();
    }
  }
}
