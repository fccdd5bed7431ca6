package io.restconnector.spring;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The spans of a trace as lines, each below the one that it is a part of. */
final class SpanTree {

  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> ACTIVITY = AttributeKey.stringKey("bpmn.activity.id");

  private final List<SpanData> spans;
  private final StringBuilder lines = new StringBuilder();

  private SpanTree(List<SpanData> spans) {
    this.spans = spans.stream().sorted(Comparator.comparing(SpanData::getStartEpochNanos)).toList();
  }

  static String of(List<SpanData> spans) {
    SpanTree tree = new SpanTree(spans);
    Set<String> ids = spans.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
    spans.stream()
        .map(SpanData::getParentSpanId)
        .filter(parent -> !ids.contains(parent))
        .distinct()
        .forEach(parent -> tree.add(parent, ""));
    return tree.lines.toString();
  }

  private void add(String parent, String indent) {
    for (SpanData span : spans) {
      if (span.getParentSpanId().equals(parent)) {
        String activity = span.getAttributes().get(ACTIVITY);
        lines.append(
            "%-58s %-8s %s%s\n"
                .formatted(
                    indent + span.getName(),
                    span.getKind(),
                    span.getResource().getAttribute(SERVICE),
                    activity == null ? "" : "  " + activity));
        add(span.getSpanId(), indent + "  ");
      }
    }
  }
}
