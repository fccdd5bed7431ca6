package io.restconnector.model.internal;

import io.restconnector.call.internal.RestAction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An input of a REST task.
 *
 * @param preset the default: a literal, a setting whose value counts, or null for none
 * @param readBy the actions that read it
 * @param label of the input in a modeler
 * @param meaning a sentence, in the plain text that a modeler shows
 */
record TaskInput(
    String name,
    Form form,
    @Nullable String preset,
    Group group,
    Set<RestAction> readBy,
    String label,
    String meaning) {

  /** The form of a value. */
  enum Form {
    STRING("String"),
    JSON("JSON"),
    JSON_MAP("JSON map"),
    BOOLEAN("Boolean"),
    INTEGER("Integer"),
    LOCAL("`local`");

    final String text;

    Form(String text) {
      this.text = text;
    }

    boolean isJson() {
      return this == JSON || this == JSON_MAP;
    }
  }

  /** What a modeler shows together. */
  enum Group {
    REQUEST("Request"),
    BODY("Body"),
    ACCESS("Access"),
    RESILIENCE("Time and failures"),
    RESULT("Result");

    final String label;

    Group(String label) {
      this.label = label;
    }
  }
}
