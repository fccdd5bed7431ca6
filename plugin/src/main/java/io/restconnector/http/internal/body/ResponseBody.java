package io.restconnector.http.internal.body;

import io.restconnector.content.JsonValues;
import io.restconnector.content.MediaType;
import io.restconnector.content.Numbers;
import io.restconnector.content.OutsideText;
import io.restconnector.spi.CallOutcome;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
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
   *     what claims to be JSON and is not; {@code byte[]} for the rest
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
    return Arrays.copyOf(response.buffer(), response.length());
  }

  /** The body as text in its charset, UTF-8 where none is named. */
  public static String text(CallOutcome.Response response) {
    return text(response, MediaType.parse(response.header("Content-Type")));
  }

  private static @Nullable Object json(CallOutcome.Response response, MediaType type) {
    try {
      JsonNode node =
          type.charset() == null
              ? Numbers.read(response.buffer(), 0, response.length())
              : Numbers.read(OutsideText.withoutMark(text(response, type)));
      return JsonValues.toVariable(node);
    } catch (JacksonException notJson) {
      return text(response, type);
    }
  }

  private static String text(CallOutcome.Response response, MediaType type) {
    return OutsideText.storable(new String(response.buffer(), 0, response.length(), charset(type)));
  }

  private static Charset charset(MediaType type) {
    try {
      return type.charsetOr(StandardCharsets.UTF_8);
    } catch (UnsupportedCharsetException | IllegalCharsetNameException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
