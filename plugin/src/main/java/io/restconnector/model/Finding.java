package io.restconnector.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in a model that cannot work, or that should not be so. Holds no value of a field.
 *
 * @param severity how bad it is
 * @param process key of the process
 * @param activity id of the activity, null where it is a matter of the process
 * @param field name of the field, or of the element where it is no field
 * @param message what is wrong, and what is wanted
 */
public record Finding(
    Severity severity, String process, @Nullable String activity, String field, String message) {

  /** How bad a finding is. */
  public enum Severity {
    /** It will not work, whatever the data is. */
    ERROR,
    /** It works, but probably not as it is meant. */
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** One line. */
  @Override
  public String toString() {
    return "%s: process '%s', activity '%s'%s: %s"
        .formatted(severity.name().toLowerCase(Locale.ROOT), process, activity, place(), message);
  }

  /** Nothing where the message begins with it. */
  private String place() {
    if (message.startsWith(field + " ")) {
      return "";
    }
    return field.indexOf(' ') < 0 ? ", field '" + field + "'" : ", " + field;
  }
}
