package io.restconnector.http.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text without some layers of the escapes of URLs, JSON and XML, whichever of its characters are
 * escaped, with where each character stands in the text as it came.
 */
final class DecodedText {

  private static final Pattern ESCAPE =
      Pattern.compile(
          "(?<percent>(?:%[0-9a-fA-F]{2})+)"
              + "|\\\\u(?<json>[0-9a-fA-F]{4})"
              + "|\\\\(?<quoted>[\"\\\\/bfnrt])"
              + "|&#x(?<hex>[0-9a-fA-F]{1,5});|&#(?<decimal>[0-9]{1,6});"
              + "|&(?<entity>amp|lt|gt|quot|apos);");

  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

  private final StringBuilder text = new StringBuilder();

  /** Where each character begins; the last is the end. */
  private final int[] starts;

  private DecodedText(int length) {
    starts = new int[length + 1];
  }

  /** Nothing is decoded yet. */
  static DecodedText of(String text) {
    DecodedText same = new DecodedText(text.length());
    same.text.append(text);
    for (int i = 0; i <= text.length(); i++) {
      same.starts[i] = i;
    }
    return same;
  }

  /** Whether a text may hold an escape. */
  static boolean mayBeEscaped(String text) {
    return text.indexOf('%') >= 0 || text.indexOf('\\') >= 0 || text.indexOf('&') >= 0;
  }

  String text() {
    return text.toString();
  }

  /** Where a character begins in the text as it came. */
  int start(int index) {
    return starts[index];
  }

  /** One layer less, null where there is none left. */
  @Nullable DecodedText decoded() {
    Matcher escape = ESCAPE.matcher(text);
    if (!escape.find()) {
      return null;
    }
    DecodedText less = new DecodedText(text.length());
    int copied = 0;
    do {
      less.copy(this, copied, escape.start());
      if (escape.group("percent") != null) {
        less.addPercent(this, escape);
      } else {
        less.add(meant(escape), starts[escape.start()]);
      }
      copied = escape.end();
    } while (escape.find());
    less.copy(this, copied, text.length());
    less.starts[less.text.length()] = starts[text.length()];
    return less;
  }

  private static String meant(Matcher escape) {
    String quoted = escape.group("quoted");
    if (quoted != null) {
      int control = "bfnrt".indexOf(quoted);
      return control < 0 ? quoted : "\b\f\n\r\t".substring(control, control + 1);
    }
    if (escape.group("entity") != null) {
      return Objects.requireNonNull(ENTITIES.get(escape.group("entity")));
    }
    if (escape.group("decimal") != null) {
      return Character.toString(Integer.parseInt(escape.group("decimal")));
    }
    String hex = escape.group("json") == null ? escape.group("hex") : escape.group("json");
    return Character.toString(HexFormat.fromHexDigits(hex));
  }

  private void addPercent(DecodedText from, Matcher escape) {
    byte[] bytes = HexFormat.of().parseHex(escape.group().replace("%", ""));
    String decoded;
    boolean isUtf8 = true;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      decoded = new String(bytes, StandardCharsets.ISO_8859_1);
      isUtf8 = false;
    }
    int at = escape.start();
    for (int i = 0; i < decoded.length(); ) {
      String each = Character.toString(decoded.codePointAt(i));
      add(each, from.starts[at]);
      at += 3 * (isUtf8 ? each.getBytes(StandardCharsets.UTF_8).length : 1);
      i += each.length();
    }
  }

  private void copy(DecodedText from, int begin, int end) {
    System.arraycopy(from.starts, begin, starts, text.length(), end - begin);
    text.append(from.text, begin, end);
  }

  private void add(String decoded, int start) {
    for (int i = 0; i < decoded.length(); i++) {
      starts[text.length()] = start;
      text.append(decoded.charAt(i));
    }
  }
}
