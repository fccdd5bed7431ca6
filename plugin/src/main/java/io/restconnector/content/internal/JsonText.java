package io.restconnector.content.internal;

import java.io.Serial;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is given as text, and what is wrong with text that is none. */
public final class JsonText {

  /** Keeps every digit: an amount is sent as it was given. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonText() {}

  /** Text is no JSON. Says where and why, and does not repeat the text. */
  public static final class NoJsonException extends IllegalArgumentException {

    @Serial private static final long serialVersionUID = 1;

    private final String fault;

    NoJsonException(String fault) {
      super("a String that holds no JSON");
      this.fault = fault;
    }

    /** The line, the column and the reason. */
    public String fault() {
      return fault;
    }
  }

  /**
   * Parses JSON text.
   *
   * @throws NoJsonException when it is none
   */
  public static JsonNode parse(String json) {
    JsonNode node;
    try {
      node = Numbers.read(JSON, json);
    } catch (JacksonException malformed) {
      throw new NoJsonException(fault(malformed));
    }
    if (node.isMissingNode()) {
      throw new NoJsonException("it is empty");
    }
    return node;
  }

  /** JSON in ASCII, since not every database keeps every character. */
  public static String ascii(JsonNode tree) {
    return JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(tree);
  }

  /** Where and why text is no JSON. */
  private static String fault(JacksonException malformed) {
    TokenStreamLocation place = malformed.getLocation();
    return place == null || place.getLineNr() < 1
        ? reason(malformed)
        : "line %d, column %d: %s"
            .formatted(place.getLineNr(), place.getColumnNr(), reason(malformed));
  }

  /** In words of our own: Jackson's message quotes what it found, which may be a secret. */
  private static String reason(JacksonException malformed) {
    String message = String.valueOf(malformed.getOriginalMessage());
    if (malformed instanceof StreamConstraintsException) {
      return "it is nested too deep, or a name, text or number is too long";
    }
    if (malformed instanceof UnexpectedEndOfInputException) {
      return "it ends too early";
    }
    if (message.contains("expecting comma")) {
      return "a comma is missing";
    }
    if (message.contains("expecting a colon")) {
      return "a colon is missing";
    }
    if (message.contains("expecting double-quote")) {
      return "a name in double quotes is missing";
    }
    if (message.startsWith("Unexpected close marker")) {
      return "a bracket is closed that is not open";
    }
    if (message.startsWith("Illegal unquoted character")) {
      return "a control character in a string is not escaped";
    }
    if (message.startsWith("Unrecognized character escape")) {
      return "there is no such escape";
    }
    if (message.startsWith("Unrecognized token")) {
      return "a word is neither true, false nor null";
    }
    if (message.startsWith("Invalid numeric value")) {
      return "a number is malformed";
    }
    return message.startsWith("Trailing token") || message.equals("more than one value")
        ? "something follows the value"
        : "there is an unexpected character";
  }
}
