package io.restconnector.call.internal;

import io.restconnector.content.internal.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The input {@code requestHeaders}. */
final class RequestHeaders {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** RFC 9110 §5.5, sent in UTF-8: a control would end the line or be lost. */
  private static final Pattern FIELD_VALUE =
      Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f\\p{Cs}]*");

  /** Headers that are a matter of the connection or of the message frame, not of the caller. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** RFC 9110 §9.3.8: the server echoes a TRACE request to whoever may read the response. */
  private static final Set<String> NOT_ON_TRACE = Set.of("authorization", "cookie");

  /** RFC 9110 §13.1: without it the server does what the condition was to prevent. */
  private static final Set<String> PRECONDITIONS =
      Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range");

  private RequestHeaders() {}

  /** The headers in their order; null values are left out. */
  static List<Header> read(RestAction action, @Nullable JsonNode map) throws InvalidInputException {
    List<Header> headers = new ArrayList<>();
    if (map == null) {
      return headers;
    }
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      checkName(action, entry.getKey());
      checkPrecondition(entry.getKey(), entry.getValue());
      for (JsonNode value : RequestReader.values(entry.getValue())) {
        if (value.isContainer()) {
          throw new InvalidInputException(
              "requestHeaders value '%s' is a JSON %s, wanted a scalar or an array of scalars"
                  .formatted(entry.getKey(), value.getNodeType()));
        }
        String text = Numbers.text(value);
        if (!FIELD_VALUE.matcher(text).matches()) {
          throw new InvalidInputException(
              "requestHeaders value '%s' is text with a character that a header cannot hold"
                      .formatted(entry.getKey())
                  + " (CR, LF, NUL or another control), wanted a header value");
        }
        headers.add(new BasicHeader(entry.getKey(), text));
      }
    }
    return headers;
  }

  private static void checkName(RestAction action, String name) throws InvalidInputException {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (!TOKEN.matcher(name).matches()) {
      throw new InvalidInputException(
          "requestHeaders has a name that is no HTTP token, wanted letters, digits and hyphens");
    }
    if (CONNECTION_HEADERS.contains(lowerCase)) {
      throw new InvalidInputException(
          "requestHeaders has '%s', which the connector sets itself, wanted no such header"
              .formatted(name));
    }
    if (action == RestAction.TRACE && NOT_ON_TRACE.contains(lowerCase)) {
      throw new InvalidInputException(
          "requestHeaders has '%s', which TRACE may not send, as the answer repeats it; wanted no such header"
              .formatted(name));
    }
  }

  private static void checkPrecondition(String name, JsonNode value) throws InvalidInputException {
    if (!PRECONDITIONS.contains(name.toLowerCase(Locale.ROOT)) || value.isObject()) {
      return;
    }
    List<JsonNode> values = RequestReader.values(value);
    boolean isEmpty =
        values.stream().anyMatch(each -> each.isString() && each.stringValue().isBlank());
    if (isEmpty || values.size() < Math.max(1, value.size())) {
      throw new InvalidInputException(
          "requestHeaders value '%s' is null or empty, wanted a value: without this precondition the call would do something else"
              .formatted(name));
    }
  }
}
