package io.restconnector.journal.internal;

import io.restconnector.content.internal.MediaType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bodies of calls and requests as an entry may hold them. */
final class ShownBody {

  /** Of a body, in characters. */
  static final int MAX_BODY = 10 * 1024;

  /**
   * What is looked at of a body: a secret that the end of what is shown would cut is seen whole.
   */
  static final int MAX_SEEN = MAX_BODY + 6 * 1024;

  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-fA-F]{4})|\\\\/");
  private static final Pattern BINARY = Pattern.compile("[\\p{Cc}&&[^\\t\\r\\n]]");

  private final ShownText shown;
  private final Pattern named;

  /**
   * A body as it is shown.
   *
   * @param whole whether it is all of the body, as it came
   */
  record Shown(String text, boolean whole) {}

  ShownBody(ShownText shown) {
    this.shown = shown;
    String any =
        shown.names().isEmpty()
            ? "(?!)"
            : shown.names().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    named =
        Pattern.compile(
            // A member of JSON, a field of a form, a part of multipart, an element of XML.
            ("\"(?:%1$s)\"\\s*:\\s*(?<json>)"
                    + "|(?:^|[&?;\\s])(?:%1$s)=(?<form>[^&\\s]*)"
                    + "|name=\"?(?:%1$s)\"?[^\\r\\n]*(?:\\r?\\n[^\\r\\n]+)*\\r?\\n\\r?\\n(?<part>[^\\r\\n]*)"
                    + "|<(?:%1$s)(?:\\s[^>]*)?>(?<element>[^<]*)")
                .formatted(any),
            Pattern.CASE_INSENSITIVE);
  }

  /**
   * The beginning of a body, its length where it is no text; null for an empty one.
   *
   * @param bytes the first {@link #MAX_SEEN} of them, or all
   * @param length of the whole body
   */
  @Nullable Shown of(byte[] bytes, long length, @Nullable String contentType) {
    if (length == 0) {
      return null;
    }
    MediaType type = MediaType.parse(contentType);
    String text = text(bytes, type);
    if (text == null) {
      return new Shown("(" + length + " bytes)", false);
    }
    String fields = type.isForm() ? shown.parameters(text) : text;
    String plain =
        ShownText.leastEncoded(
            type.isForm()
                ? fields
                : ESCAPED
                    .matcher(fields)
                    .replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1)))));
    String masked = shown.beginning(hideNamed(plain), MAX_BODY);
    return fields.equals(text) && masked.equals(plain)
        ? new Shown(text, bytes.length == length && text.length() <= MAX_BODY)
        : new Shown(masked, false);
  }

  /** A quote or control that is escaped stays so: the text would be another one. */
  private static String unescaped(@Nullable String code) {
    if (code == null) {
      return "/";
    }
    char found = (char) Integer.parseInt(code, 16);
    return found < ' ' || found == '"' || found == '\\' ? "\\u" + code : String.valueOf(found);
  }

  private String hideNamed(String text) {
    StringBuilder hidden = new StringBuilder();
    Matcher found = named.matcher(text);
    int copied = 0;
    while (copied < text.length() && found.find(copied)) {
      for (String group : List.of("json", "form", "part", "element")) {
        if (found.start(group) >= 0) {
          hidden.append(text, copied, found.start(group));
          hidden.append(group.equals("json") ? "\"" + ShownText.MASK + "\"" : ShownText.MASK);
          copied = group.equals("json") ? endOfJson(text, found.end()) : found.end(group);
        }
      }
    }
    return hidden.append(text, copied, text.length()).toString();
  }

  /** Where a JSON value ends that begins here; the end of the text where it is cut off. */
  private static int endOfJson(String text, int begin) {
    int depth = 0;
    boolean isString = false;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isString) {
        isString = c != '"';
        i += c == '\\' ? 1 : 0;
      } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        return i;
      } else if (c == '"') {
        isString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return text.length();
  }

  private static @Nullable String text(byte[] bytes, MediaType type) {
    if (type.name().equals("application/octet-stream")) {
      return null;
    }
    try {
      Charset charset = type.charsetOr(StandardCharsets.UTF_8);
      CharBuffer text = CharBuffer.allocate(bytes.length + 1);
      // Not told that it is the end: a character may be cut there.
      boolean isMalformed =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes), text, false)
              .isError();
      String decoded = text.flip().toString();
      return isMalformed || BINARY.matcher(decoded).find() ? null : decoded;
    } catch (IllegalArgumentException | UnsupportedOperationException unknownCharset) {
      return null;
    }
  }
}
