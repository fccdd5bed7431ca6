package io.restconnector.project.internal;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the value of an input or a variable comes from. */
record Mapping(Kind kind, JsonNode value) {

  enum Kind {
    /** A template. */
    VALUE,
    /** The name of a variable, or of an output. */
    VARIABLE,
    /** A value as it stands. */
    STATIC_VALUE,
    /** Changes to what the variable holds. */
    JSONPATCH;

    /** In either case; null for none of them. */
    static @Nullable Kind of(String name) {
      return Stream.of(values())
          .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT)))
          .findFirst()
          .orElse(null);
    }
  }
}
