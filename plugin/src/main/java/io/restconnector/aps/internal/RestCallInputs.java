package io.restconnector.aps.internal;

import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestAction;
import io.restconnector.content.internal.ModelText;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EndpointSettings;
import io.restconnector.spi.RestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The inputs of one call as the connector's own tasks have them, from a REST call task. */
final class RestCallInputs implements Inputs.Source {

  /** Inputs of our own tasks that a REST call task may have as fields, too. */
  private static final Set<String> OWN =
      Set.of("authentication", "circuitBreaker", "timeout", "maxAttempts", "retryBackoff");

  /** Where the inputs stand in a REST call task. */
  private static final Map<String, String> PLACES =
      Map.of(
          "restUrlParams", RestCallModel.REQUEST_ELEMENT,
          "requestHeaders", RestCallModel.HEADER_ELEMENT,
          "requestPayload", RestCallModel.TEMPLATE);

  static final String NO_URL =
      "restUrl is missing, wanted a URL, or an endpoint in baseEndpointName";

  private final RestCallModel model;
  private final AccessSettings access;
  private final RestCallValues values;
  private final @Nullable EndpointSettings endpoint;
  private final RestAction action;

  /** Reads what the other inputs depend on. */
  RestCallInputs(RestCallValues values, AccessSettings access) throws InvalidInputException {
    this.model = values.model();
    this.access = access;
    this.values = values;
    action = action(values.text(RestCallModel.HTTP_METHOD));
    endpoint = endpoint();
  }

  RestAction action() {
    return action;
  }

  /** The action of a method, that of GET for none. */
  static RestAction action(@Nullable String method) throws InvalidInputException {
    if (method == null) {
      return RestAction.GET;
    }
    for (RestAction each : RestAction.values()) {
      if (each != RestAction.TRACE && each.name().equalsIgnoreCase(method.strip())) {
        return each;
      }
    }
    throw new InvalidInputException(
        "httpMethod is another String, wanted GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS");
  }

  /**
   * The endpoint that the name or else the id has, null where the task has neither.
   *
   * @throws InvalidInputException where nothing is configured for them
   */
  private @Nullable EndpointSettings endpoint() throws InvalidInputException {
    return model.hasEndpoint()
        ? RestCallEndpoint.find(
            access,
            model.endpointField(),
            values.text(RestCallModel.BASE_ENDPOINT_NAME),
            values.text(RestCallModel.BASE_ENDPOINT))
        : null;
  }

  /** The request, with messages that name the places of a REST call task. */
  RestRequest read(RequestReader reader) throws InvalidInputException {
    try {
      return reader.readAll(action, new Inputs(this));
    } catch (InvalidInputException wrong) {
      String message = String.valueOf(wrong.getMessage());
      int end = Math.max(0, message.indexOf(' '));
      String place = PLACES.get(message.substring(0, end));
      throw place == null
          ? wrong
          : new InvalidInputException(wrong.code(), place + message.substring(end));
    }
  }

  @Override
  public Inputs.@Nullable Input find(String name) throws InvalidInputException {
    return switch (name) {
      case "restUrl" -> url();
      case "restUrlParams" -> new RestCallPayload(action, values).query();
      case "requestHeaders" -> Inputs.Input.ofTask(headers());
      case "requestPayload" -> new RestCallPayload(action, values).body();
      case "authentication" -> Inputs.Input.ofTask(authentication());
      default -> OWN.contains(name) ? Inputs.Input.ofTask(values.text(name)) : null;
    };
  }

  private Inputs.Input url() throws InvalidInputException {
    String path = model.field(RestCallModel.REST_URL);
    if (endpoint == null && path == null) {
      throw new InvalidInputException(ErrorCode.MISSING_INPUT, NO_URL);
    }
    List<ModelText.Part> parts = new ArrayList<>();
    List<ModelText.Part> own = path == null ? List.of() : ModelText.parse(path).parts();
    if (endpoint != null) {
      RestCallEndpoint.checkRelative(own);
      parts.add(new ModelText.Part(RestCallEndpoint.before(own, endpoint), false));
    }
    for (ModelText.Part part : own) {
      // Braces have no meaning there.
      parts.add(
          part.isExpression()
              ? part
              : new ModelText.Part(part.text().replace("{", "%7B").replace("}", "%7D"), false));
    }
    return Inputs.Input.ofTask(new ModelText(parts), values.evaluator());
  }

  private ObjectNode headers() throws InvalidInputException {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    if (endpoint != null) {
      endpoint
          .headers()
          .forEach(
              (name, value) -> {
                if (!hasHeader(name)) {
                  headers.put(name, value);
                }
              });
    }
    for (RestCallModel.RequestHeader header : model.headers()) {
      JsonNode value =
          RestCallValues.json(
              RestCallModel.HEADER_ELEMENT,
              values.evaluate(RestCallModel.HEADER_ELEMENT, ModelText.parse(header.value())));
      JsonNode present = headers.get(header.name());
      headers.set(
          header.name(),
          present == null ? value : JsonNodeFactory.instance.arrayNode().add(present).add(value));
    }
    return headers;
  }

  private boolean hasHeader(String name) {
    return model.headers().stream().anyMatch(each -> each.name().equalsIgnoreCase(name));
  }

  /** That of the endpoint, but where the task proves itself who calls. */
  private @Nullable String authentication() throws InvalidInputException {
    String own = values.text("authentication");
    if (own != null || endpoint == null || endpoint.authentication() == null) {
      return own;
    }
    AuthenticationSettings settings = access.authentications().get(endpoint.authentication());
    String carrier = settings == null ? null : settings.carrier();
    return carrier != null && hasHeader(carrier) ? null : endpoint.authentication();
  }
}
