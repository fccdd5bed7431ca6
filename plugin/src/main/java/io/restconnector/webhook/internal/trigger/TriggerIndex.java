package io.restconnector.webhook.internal.trigger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Triggers by path: a tree of segments, so that triggers on other paths cost nothing. Immutable.
 */
public final class TriggerIndex {

  private final Node root = new Node();
  private final List<Trigger> triggers;

  TriggerIndex(Collection<Trigger> triggers) {
    this.triggers = List.copyOf(triggers);
    triggers.forEach(this::add);
  }

  private void add(Trigger trigger) {
    Node node = root;
    for (String literal : trigger.path().literals()) {
      node = node.childFor(literal);
    }
    node.triggers.add(trigger);
  }

  /** All, by key and then by tenant. */
  public List<Trigger> all() {
    return triggers.stream()
        .sorted(Comparator.comparing(Trigger::key).thenComparing(Trigger::tenantId))
        .toList();
  }

  /** Those whose path matches, by key and then by tenant. */
  public List<Trigger> find(List<String> segments) {
    List<Trigger> found = new ArrayList<>();
    collect(root, segments, 0, found);
    found.sort(Comparator.comparing(Trigger::key).thenComparing(Trigger::tenantId));
    return found;
  }

  private static void collect(
      @Nullable Node node, List<String> segments, int depth, List<Trigger> found) {
    if (node == null) {
      return;
    }
    if (depth == segments.size()) {
      found.addAll(node.triggers);
      return;
    }
    collect(node.literals.get(segments.get(depth)), segments, depth + 1, found);
    collect(node.variable, segments, depth + 1, found);
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private @Nullable Node variable;

    Node childFor(@Nullable String literal) {
      if (literal != null) {
        return literals.computeIfAbsent(literal, unused -> new Node());
      }
      if (variable == null) {
        variable = new Node();
      }
      return variable;
    }
  }
}
