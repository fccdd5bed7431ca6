package io.restconnector.http.internal.body;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.Numbers;
import io.restconnector.content.internal.OutsideText;
import io.restconnector.content.internal.TextEncoding;
import io.restconnector.spi.CallOutcome;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A response body as the value that its Content-Type stands for. */
public final class ResponseBody {

  private ResponseBody() {}

  /**
   * Decodes a body.
   *
   * @return null for an empty body; for JSON a {@link JsonNode} object or array, or a String, Long,
   *     Double, BigDecimal, BigInteger or Boolean, null for JSON null; a String for text, and for
   *     what claims to be JSON and is not; {@code byte[]} for the rest. Without a Content-Type, an
   *     object or array is JSON, and what is text in UTF-8 is a String.
   */
  public static @Nullable Object decode(CallOutcome.Response response) {
    if (response.length() == 0) {
      return null;
    }
    MediaType type = MediaType.parse(response.header("Content-Type"));
    if (type.isJson()) {
      return json(response, type);
    }
    if (type.isText() || type.isForm()) {
      return text(response, type);
    }
    return type.name().isEmpty() ? untyped(response, type) : bytes(response);
  }

  private static byte[] bytes(CallOutcome.Response response) {
    return Arrays.copyOf(response.buffer(), response.length());
  }

  /** Without a Content-Type, only an object or array counts as JSON. */
  private static Object untyped(CallOutcome.Response response, MediaType type) {
    if (beginsAsContainer(response)) {
      try {
        return Numbers.read(response.buffer(), 0, response.length());
      } catch (JacksonException notJson) {
        // It may be text.
      }
    }
    return isUtf8Text(response) ? text(response, type) : bytes(response);
  }

  private static boolean beginsAsContainer(CallOutcome.Response response) {
    byte[] buffer = response.buffer();
    int i = 0;
    while (i < response.length() && " \t\r\n\u00ef\u00bb\u00bf".indexOf(buffer[i] & 0xff) >= 0) {
      i++;
    }
    return i < response.length() && (buffer[i] == '{' || buffer[i] == '[');
  }

  private static boolean isUtf8Text(CallOutcome.Response response) {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(response.buffer(), 0, response.length()));
      return OutsideText.isReadable(text);
    } catch (CharacterCodingException binary) {
      return false;
    }
  }

  /** The body as text. */
  public static String text(CallOutcome.Response response) {
    return text(response, MediaType.parse(response.header("Content-Type")));
  }

  private static @Nullable Object json(CallOutcome.Response response, MediaType type) {
    try {
      JsonNode node =
          type.charset() == null
              ? Numbers.read(response.buffer(), 0, response.length())
              : Numbers.read(text(response, type));
      return JsonValues.toVariable(node);
    } catch (JacksonException notJson) {
      return text(response, type);
    }
  }

  private static String text(CallOutcome.Response response, MediaType type) {
    return OutsideText.storable(TextEncoding.decode(response.buffer(), response.length(), type));
  }
}
