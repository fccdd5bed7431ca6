package io.restconnector.webhook.internal.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts what one request gives to processes and to the table of deliveries. Each process has a
 * copy of its own: a thousand copies of a body would take all memory.
 */
final class CopiedValues {

  private long left;

  /** Makes a count that ends at so many characters. */
  CopiedValues(long limit) {
    left = limit;
  }

  /** Whether there is room for what a trigger gives for one element. */
  boolean add(MatchedTrigger matched) {
    matched.action().values().values().forEach(this::add);
    if (matched.delivery() != null && matched.answer() instanceof Answer answer) {
      add(answer.body());
    }
    return left >= 0;
  }

  /** Looks no further once there is no room: what is counted may be large each time. */
  private void add(@Nullable Object value) {
    Deque<Object> open = new ArrayDeque<>();
    if (value != null) {
      open.push(value);
    }
    while (left >= 0 && !open.isEmpty()) {
      Object next = open.pop();
      if (next instanceof JsonNode node && node.isContainer()) {
        left -= 2;
        node.propertyNames().forEach(name -> left -= name.length() + 3);
        node.values().forEach(open::push);
      } else {
        left -= next instanceof JsonNode scalar ? scalar.asString("").length() : length(next);
      }
    }
  }

  private static int length(Object scalar) {
    return scalar instanceof String text ? text.length() : 1;
  }
}
