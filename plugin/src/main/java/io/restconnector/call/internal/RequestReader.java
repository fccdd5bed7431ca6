package io.restconnector.call.internal;

import io.restconnector.content.internal.MediaType;
import io.restconnector.content.internal.ModelText;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.body.InvalidBodyException;
import io.restconnector.http.internal.body.RequestBody;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Inputs of an action to the request that they ask for. Sends nothing. */
public final class RequestReader {

  private final HttpSettings settings;
  private final AuthenticationInput authentication;
  private final Literals literals = new Literals();

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

  /** As {@link #read}, without saying where an input came from. */
  public RestRequest readAll(RestAction action, Inputs inputs) throws InvalidInputException {
    URI uri = uri(action, inputs);
    List<Header> headers = RequestHeaders.read(action, inputs.map("requestHeaders"));
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

  /** What the calls may go with. */
  public AccessSettings access() {
    return settings.access();
  }

  Literals literals() {
    return literals;
  }

  private URI uri(RestAction action, Inputs inputs) throws InvalidInputException {
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
      JsonNode params = inputs.map("restUrlParams");
      UrlTemplate template = new UrlTemplate(encode);
      String literal = encode && params == null ? inputs.literal("restUrl") : null;
      return literal == null
          ? template.expand(parts, params)
          : literals.urls().get(literal, text -> template.expand(parts, null));
    } catch (InvalidInputException wrong) {
      throw new InvalidInputException(
          wrong.code(), wrong.getMessage() + InputFault.expressionHint(url));
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
      throw new InvalidInputException(
          "requestHeaders has Content-Type more than once, wanted it once");
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
