package io.restconnector.project.internal;

import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The types that a project gives its variables, and what becomes of a value. */
final class PropertyType {

  private static final Map<String, Function<JsonNode, @Nullable Object>> SCALARS =
      Map.of(
          "string", PropertyType::string,
          "integer", PropertyType::integer,
          "bigdecimal", PropertyType::decimal,
          "boolean", PropertyType::bool,
          "date", PropertyType::date,
          "datetime", PropertyType::date);

  private PropertyType() {}

  /**
   * A value as a variable of this type.
   *
   * @param type any other than the scalar ones is JSON
   * @throws IllegalArgumentException when it cannot be one; the message names what it is
   */
  static @Nullable Object convert(String type, @Nullable Object value) {
    if (value instanceof Date date) {
      return convert(type, date.toInstant().toString());
    }
    if (value instanceof byte[] bytes) {
      return SCALARS.containsKey(type.toLowerCase(Locale.ROOT))
          ? convert(type, Base64.getEncoder().encodeToString(bytes))
          : bytes;
    }
    JsonNode node = JsonValues.of(value);
    if (node.isNull()) {
      return null;
    }
    Function<JsonNode, @Nullable Object> scalar = SCALARS.get(type.toLowerCase(Locale.ROOT));
    if (scalar == null) {
      return JsonValues.toVariable(json(type, node));
    }
    Object converted = scalar.apply(node);
    if (converted == null) {
      throw new IllegalArgumentException(
          "%s that is no %s"
              .formatted(
                  node.isContainer() ? "JSON" : node.isString() ? "text" : "a value",
                  type.toLowerCase(Locale.ROOT)));
    }
    return converted;
  }

  private static String string(JsonNode node) {
    return node.isContainer() ? node.toString() : text(node);
  }

  private static String text(JsonNode node) {
    return node.isString() || node.isBoolean() ? node.asString("") : Numbers.text(node);
  }

  private static @Nullable Object integer(JsonNode node) {
    BigDecimal number = decimal(node);
    try {
      BigInteger integer = number == null ? null : number.toBigIntegerExact();
      if (integer == null || integer.bitLength() > 63) {
        return null;
      }
      return integer.bitLength() > 31 ? (Object) integer.longValue() : integer.intValue();
    } catch (ArithmeticException fraction) {
      return null;
    }
  }

  private static @Nullable BigDecimal decimal(JsonNode node) {
    String text = node.isContainer() || node.isBoolean() ? "" : text(node).strip();
    return text.matches("[+-]?[0-9]{1,400}([.][0-9]{1,400})?([eE][+-]?[0-9]{1,3})?")
        ? new BigDecimal(text)
        : null;
  }

  private static @Nullable Boolean bool(JsonNode node) {
    String text = node.isContainer() ? "" : node.asString("").strip().toLowerCase(Locale.ROOT);
    return List.of("true", "false").contains(text) ? Boolean.valueOf(text) : null;
  }

  /** ISO 8601, or a date and a time with a blank between them; without a zone it is UTC. */
  private static @Nullable Date date(JsonNode node) {
    String text = node.isString() ? node.stringValue().strip().replaceFirst(" ", "T") : "";
    List<Function<String, Instant>> forms =
        List.of(
            day -> LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant(),
            time -> LocalDateTime.parse(time).toInstant(ZoneOffset.UTC),
            time -> OffsetDateTime.parse(time).toInstant());
    for (Function<String, Instant> form : forms) {
      try {
        return Date.from(form.apply(text));
      } catch (DateTimeException | IllegalArgumentException another) {
        // The next form may be right.
      }
    }
    return null;
  }

  /** JSON in a text counts as JSON; text that lists elements is an array of them. */
  private static JsonNode json(String type, JsonNode node) {
    if (!node.isString()) {
      return node;
    }
    try {
      JsonNode parsed = JsonText.parse(node.stringValue());
      if (parsed.isContainer()) {
        return parsed;
      }
    } catch (IllegalArgumentException noJson) {
      // It stays text.
    }
    return type.equalsIgnoreCase("array")
        ? JsonValues.of(
            Arrays.stream(node.stringValue().split(",", -1)).map(String::strip).toList())
        : node;
  }
}
