package io.restconnector.aps.internal;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.Numbers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A variable that a response gives.
 *
 * @param property names with dots between them, an array's element by its index; a dot alone is the
 *     whole body
 * @param type of the variable, empty for that of the value
 */
record ResponseMapping(String property, String variable, String type) {

  private static final DateTimeFormatter DATES =
      DateTimeFormatter.ofPattern(
          "yyyy-MM-dd['T'HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][XXX][XX][X]]");

  /** Whether the whole body is meant. */
  boolean isWhole() {
    return property.isEmpty() || property.equals(".");
  }

  /** What the body has for this, null where it has nothing. */
  @Nullable JsonNode find(JsonNode body) {
    return isWhole() ? body : find(body, property);
  }

  /** A name may hold dots itself: the longest one that is there counts. */
  private static @Nullable JsonNode find(JsonNode node, String path) {
    JsonNode found = child(node, path);
    for (int end = path.lastIndexOf('.');
        found == null && end > 0;
        end = path.lastIndexOf('.', end - 1)) {
      JsonNode below = child(node, path.substring(0, end));
      found = below == null ? null : find(below, path.substring(end + 1));
    }
    return found;
  }

  private static @Nullable JsonNode child(JsonNode node, String step) {
    if (node.isArray() && step.matches("[0-9]{1,9}")) {
      return node.get(Integer.parseInt(step));
    }
    JsonNode member = node.get(step);
    int bracket = step.lastIndexOf('[');
    if (member == null && bracket >= 0 && step.endsWith("]")) {
      JsonNode array = bracket == 0 ? node : child(node, step.substring(0, bracket));
      return array != null && array.isArray()
          ? child(array, step.substring(bracket + 1, step.length() - 1))
          : null;
    }
    return member;
  }

  /**
   * The value as a variable of the type that is wanted.
   *
   * @throws IllegalArgumentException when it has no such form; the message tells what it is
   */
  @Nullable Object convert(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "string" -> value.isContainer() ? value.toString() : Numbers.text(value);
      case "integer", "long" -> integer(value);
      case "double", "number", "decimal", "amount" -> number(value).doubleValue();
      case "boolean" -> bool(value);
      case "date", "datetime" -> date(value);
      default -> JsonValues.toVariable(value);
    };
  }

  private static BigDecimal number(JsonNode value) {
    try {
      return new BigDecimal(value.isContainer() ? "" : Numbers.text(value).strip());
    } catch (NumberFormatException none) {
      throw not(value, "number");
    }
  }

  private static Long integer(JsonNode value) {
    try {
      return number(value).longValueExact();
    } catch (ArithmeticException none) {
      throw not(value, "integer");
    }
  }

  private static Boolean bool(JsonNode value) {
    return switch (value.isContainer() ? "" : Numbers.text(value).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw not(value, "Boolean");
    };
  }

  /** ISO 8601, in UTC where it has no zone, or milliseconds since 1970. */
  @SuppressWarnings("JavaUtilDate") // date variables are
  private static Date date(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return new Date(value.longValue());
    }
    try {
      TemporalAccessor parsed =
          DATES.parseBest(
              value.isContainer() ? "" : Numbers.text(value).strip(),
              Instant::from,
              LocalDateTime::from,
              LocalDate::from);
      if (parsed instanceof LocalDate day) {
        parsed = day.atStartOfDay();
      }
      return Date.from(
          parsed instanceof LocalDateTime local
              ? local.toInstant(ZoneOffset.UTC)
              : Instant.from(parsed));
    } catch (DateTimeException none) {
      throw not(value, "date");
    }
  }

  private static IllegalArgumentException not(JsonNode value, String wanted) {
    return new IllegalArgumentException(
        "a JSON %s that holds no %s".formatted(value.getNodeType(), wanted));
  }
}
