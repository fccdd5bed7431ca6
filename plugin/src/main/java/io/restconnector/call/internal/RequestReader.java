package io.restconnector.call.internal;

import io.restconnector.content.MediaType;
import io.restconnector.content.ModelText;
import io.restconnector.content.Numbers;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.body.InvalidBodyException;
import io.restconnector.http.internal.body.RequestBody;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.net.URI;
import java.time.Duration;
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

/** Inputs of an action to the request that they ask for. Sends nothing. */
public final class RequestReader {

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

  private final HttpSettings settings;
  private final AuthenticationInput authentication;

  public RequestReader(HttpSettings settings) {
    this.settings = settings;
    authentication = new AuthenticationInput(settings.access());
  }

  /**
   * Reads and checks every input that the action has.
   *
   * @throws InvalidInputException naming the first input that cannot be used
   */
  public RestRequest read(RestAction action, Inputs inputs) throws InvalidInputException {
    try {
      return readAll(action, inputs);
    } catch (InvalidInputException wrong) {
      throw inputs.located(wrong);
    }
  }

  private RestRequest readAll(RestAction action, Inputs inputs) throws InvalidInputException {
    URI uri = uri(action, inputs);
    List<Header> headers = headers(action, inputs.map("requestHeaders"));
    byte[] body = readsPayload(action, inputs) ? body(inputs, headers) : null;
    long timeout =
        inputs.integer(
            "timeout",
            settings.defaultTimeout().toMillis(),
            1,
            HttpSettings.MAX_TIMEOUT.toMillis());
    return new RestRequest(
        action.name(),
        uri,
        headers,
        body,
        Duration.ofMillis(timeout),
        inputs.bool("circuitBreaker", false),
        authentication.read(action, inputs, uri, headers),
        retry(inputs));
  }

  private static boolean readsPayload(RestAction action, Inputs inputs)
      throws InvalidInputException {
    return action.readsPayloadVariable()
        || (action.readsPayload() && inputs.isOfTheTask("requestPayload"));
  }

  private RetrySettings retry(Inputs inputs) throws InvalidInputException {
    RetrySettings defaults = settings.retry();
    long attempts =
        inputs.integer("maxAttempts", defaults.maxAttempts(), 1, RetrySettings.MAX_ATTEMPTS);
    long backoff =
        inputs.integer(
            "retryBackoff", defaults.backoff().toMillis(), 0, HttpSettings.MAX_TIMEOUT.toMillis());
    return defaults.withMaxAttempts((int) attempts).withBackoff(Duration.ofMillis(backoff));
  }

  private static URI uri(RestAction action, Inputs inputs) throws InvalidInputException {
    List<ModelText.Part> parts = inputs.parts("restUrl");
    Object noText = parts.isEmpty() ? inputs.raw("restUrl") : null;
    if (noText != null) {
      throw InputFault.ofType("restUrl", noText, "a String with an absolute http or https URL");
    }
    String url = ModelText.join(parts);
    if (url.isBlank()) {
      throw new InvalidInputException(
          ErrorCode.MISSING_INPUT, "restUrl is missing, wanted an absolute http or https URL");
    }
    boolean encode = !action.readsUrlEncoded() || inputs.bool("restUrlEncoded", true);
    try {
      return new UrlTemplate(encode).expand(parts, inputs.map("restUrlParams"));
    } catch (InvalidInputException wrong) {
      throw new InvalidInputException(
          wrong.code(), wrong.getMessage() + InputFault.expressionHint(url));
    }
  }

  private static List<Header> headers(RestAction action, @Nullable JsonNode map)
      throws InvalidInputException {
    List<Header> headers = new ArrayList<>();
    if (map == null) {
      return headers;
    }
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      checkName(action, entry.getKey());
      for (JsonNode value : values(entry.getValue())) {
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
      throw new InvalidInputException("requestHeaders has a name that is no HTTP token");
    }
    if (CONNECTION_HEADERS.contains(lowerCase)) {
      throw new InvalidInputException(
          "requestHeaders has '%s', which the connector sets itself".formatted(name));
    }
    if (action == RestAction.TRACE && NOT_ON_TRACE.contains(lowerCase)) {
      throw new InvalidInputException(
          "requestHeaders has '%s', which TRACE may not send".formatted(name));
    }
  }

  /** The values of a scalar or array; null values are left out. */
  static List<JsonNode> values(JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value.values() : List.of(value)) {
      if (!each.isNull()) {
        values.add(each);
      }
    }
    return values;
  }

  /** Encodes the payload, and states its Content-Type in the headers. */
  private static byte @Nullable [] body(Inputs inputs, List<Header> headers)
      throws InvalidInputException {
    List<Header> types =
        headers.stream().filter(h -> h.getName().equalsIgnoreCase("Content-Type")).toList();
    if (types.size() > 1) {
      throw new InvalidInputException("requestHeaders has Content-Type more than once");
    }
    String contentType = types.isEmpty() ? "application/json" : types.get(0).getValue();
    RequestBody body;
    try {
      body = encode(inputs, contentType);
    } catch (InvalidBodyException doesNotFit) {
      throw new InvalidInputException("requestPayload is " + doesNotFit.getMessage());
    }
    if (body == null) {
      return null;
    }
    if (!types.isEmpty()) {
      headers.set(
          headers.indexOf(types.get(0)),
          new BasicHeader(types.get(0).getName(), body.contentType()));
    } else {
      headers.add(new BasicHeader("Content-Type", body.contentType()));
    }
    return body.bytes();
  }

  private static @Nullable RequestBody encode(Inputs inputs, String contentType)
      throws InvalidInputException, InvalidBodyException {
    MediaType type = MediaType.parse(contentType);
    String asItIs =
        type.isForm()
            ? inputs.textButNoObject("requestPayload")
            : type.isJson() ? inputs.jsonText("requestPayload") : null;
    if (asItIs != null) {
      return RequestBody.text(contentType, asItIs);
    }
    if (type.isJson() || type.isForm() || type.isMultipart()) {
      JsonNode payload = inputs.json("requestPayload");
      return payload == null ? null : RequestBody.encode(contentType, payload);
    }
    Object payload = inputs.raw("requestPayload");
    if (payload == null) {
      return null;
    }
    if (type.isText()) {
      if (!(payload instanceof String text)) {
        throw InputFault.ofType("requestPayload", payload, "a String for " + type.name());
      }
      return RequestBody.text(contentType, text);
    }
    if (payload instanceof byte[] bytes) {
      return new RequestBody(contentType, bytes);
    }
    if (payload instanceof String base64) {
      return new RequestBody(contentType, RequestBody.base64(base64));
    }
    throw InputFault.ofType(
        "requestPayload", payload, "byte[] or a String of base64 for " + type.name());
  }
}
