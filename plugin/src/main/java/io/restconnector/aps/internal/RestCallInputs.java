package io.restconnector.aps.internal;

import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestAction;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import io.restconnector.content.internal.TypedTemplate;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EndpointSettings;
import io.restconnector.spi.RestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
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

  static final String TWO_BODIES =
      "requestMappingJSONTemplate stands beside modeler:request-mapping, wanted one of the two";

  private final RestCallModel model;
  private final AccessSettings access;
  private final Predicate<String> isVariable;
  private final Function<String, @Nullable Object> variables;
  private final Function<String, @Nullable Object> evaluator;
  private final @Nullable EndpointSettings endpoint;
  private final RestAction action;

  /**
   * Reads what the other inputs depend on.
   *
   * @param evaluator evaluates one expression of the deployed model
   */
  RestCallInputs(
      RestCallModel model,
      AccessSettings access,
      Predicate<String> isVariable,
      Function<String, @Nullable Object> variables,
      Function<String, @Nullable Object> evaluator)
      throws InvalidInputException {
    this.model = model;
    this.access = access;
    this.isVariable = isVariable;
    this.variables = variables;
    this.evaluator = evaluator;
    action = action(text(RestCallModel.HTTP_METHOD));
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
        ? endpoint(
            access,
            model.endpointField(),
            text(RestCallModel.BASE_ENDPOINT_NAME),
            text(RestCallModel.BASE_ENDPOINT))
        : null;
  }

  static EndpointSettings endpoint(
      AccessSettings access, String field, @Nullable String name, @Nullable String id)
      throws InvalidInputException {
    EndpointSettings found = name == null ? null : access.endpoints().get(name);
    found = found == null && id != null ? access.endpoints().get(id) : found;
    if (found == null) {
      throw new InvalidInputException(
          "%s names no endpoint, wanted %s"
              .formatted(
                  field,
                  access.endpoints().isEmpty()
                      ? "one below rest-connector.endpoints, where there is none"
                      : "one of " + new TreeSet<>(access.endpoints().keySet())));
    }
    return found;
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
      case "restUrlParams" ->
          sendsPayload() || model.requestMappings().isEmpty()
              ? null
              : Inputs.Input.ofTask(mapped());
      case "requestHeaders" -> Inputs.Input.ofTask(headers());
      case "requestPayload" -> payload();
      case "authentication" -> Inputs.Input.ofTask(authentication());
      default -> OWN.contains(name) ? Inputs.Input.ofTask(text(name)) : null;
    };
  }

  /** Whether request mappings make a body, and no query. */
  private boolean sendsPayload() {
    return action == RestAction.POST || action == RestAction.PUT || action == RestAction.PATCH;
  }

  private @Nullable String text(String field) throws InvalidInputException {
    String text = model.field(field);
    Object value = text == null ? null : evaluate(field, ModelText.parse(text));
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  private @Nullable Object evaluate(String place, ModelText text) throws InvalidInputException {
    try {
      return text.evaluate(evaluator);
    } catch (IllegalArgumentException unusable) {
      throw new InvalidInputException(place + " is " + unusable.getMessage());
    }
  }

  private Inputs.Input url() throws InvalidInputException {
    String path = model.field(RestCallModel.REST_URL);
    if (endpoint == null && path == null) {
      throw new InvalidInputException(ErrorCode.MISSING_INPUT, NO_URL);
    }
    List<ModelText.Part> parts = new ArrayList<>();
    List<ModelText.Part> own = path == null ? List.of() : ModelText.parse(path).parts();
    if (endpoint != null) {
      checkRelative(own);
      parts.add(new ModelText.Part(before(own), false));
    }
    for (ModelText.Part part : own) {
      // Braces have no meaning there.
      parts.add(
          part.isExpression()
              ? part
              : new ModelText.Part(part.text().replace("{", "%7B").replace("}", "%7D"), false));
    }
    return Inputs.Input.ofTask(new ModelText(parts), evaluator);
  }

  /** The URL of the endpoint, with exactly one slash between it and what follows. */
  private String before(List<ModelText.Part> own) {
    String url = Objects.requireNonNull(endpoint).url();
    if (own.isEmpty()) {
      return url;
    }
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    boolean isPath = own.get(0).isExpression() || "/?#".indexOf(own.get(0).text().charAt(0)) < 0;
    return isPath ? base + "/" : own.get(0).text().startsWith("/") ? base : url;
  }

  /** Another service would be meant, but this one called. */
  static void checkRelative(List<ModelText.Part> own) throws InvalidInputException {
    if (!own.isEmpty()
        && !own.get(0).isExpression()
        && own.get(0).text().toLowerCase(Locale.ROOT).matches("(?s)https?://.*")) {
      throw new InvalidInputException(
          "restUrl is an absolute URL beside an endpoint, wanted a path, or no endpoint");
    }
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
          json(
              RestCallModel.HEADER_ELEMENT,
              evaluate(RestCallModel.HEADER_ELEMENT, ModelText.parse(header.value())));
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
    String own = text("authentication");
    if (own != null || endpoint == null || endpoint.authentication() == null) {
      return own;
    }
    AuthenticationSettings settings = access.authentications().get(endpoint.authentication());
    String carrier = settings == null ? null : settings.carrier();
    return carrier != null && hasHeader(carrier) ? null : endpoint.authentication();
  }

  private Inputs.@Nullable Input payload() throws InvalidInputException {
    String template = model.field(RestCallModel.TEMPLATE);
    if (template != null && !model.requestMappings().isEmpty() && sendsPayload()) {
      throw new InvalidInputException(TWO_BODIES);
    }
    if (template != null) {
      return Inputs.Input.ofTask(filled(template));
    }
    return sendsPayload() && !model.requestMappings().isEmpty()
        ? Inputs.Input.ofTask(mapped())
        : null;
  }

  private JsonNode filled(String template) throws InvalidInputException {
    try {
      return TypedTemplate.parse(template).evaluate(this::value);
    } catch (JsonText.NoJsonException none) {
      throw new InvalidInputException(noJson(none));
    } catch (IllegalArgumentException unusable) {
      throw new InvalidInputException(RestCallModel.TEMPLATE + " is " + unusable.getMessage());
    }
  }

  static String noJson(JsonText.NoJsonException none) {
    return "%s is %s, wanted JSON; %s"
        .formatted(RestCallModel.TEMPLATE, none.getMessage(), none.fault());
  }

  /** The name of a variable may be none that an expression can have. */
  private @Nullable Object value(String expression) {
    String name = expression.replaceFirst("^[$#]\\{", "").replaceFirst("}$", "").strip();
    return isVariable.test(name) ? variables.apply(name) : evaluator.apply(expression);
  }

  private ObjectNode mapped() throws InvalidInputException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (RestCallModel.RequestMapping mapping : model.requestMappings()) {
      Object value =
          mapping.variable() == null
              ? evaluate(RestCallModel.REQUEST_ELEMENT, ModelText.parse(mapping.value()))
              : variables.apply(mapping.variable());
      JsonNode node = json(RestCallModel.REQUEST_ELEMENT, value);
      try {
        Object typed = new ResponseMapping("", mapping.property(), mapping.type()).convert(node);
        object.set(mapping.property(), JsonValues.of(typed));
      } catch (IllegalArgumentException unusable) {
        throw new InvalidInputException(
            "%s '%s' is %s"
                .formatted(
                    RestCallModel.REQUEST_ELEMENT, mapping.property(), unusable.getMessage()));
      }
    }
    return object;
  }

  private static JsonNode json(String place, @Nullable Object value) throws InvalidInputException {
    try {
      return JsonValues.of(value);
    } catch (IllegalArgumentException none) {
      throw new InvalidInputException(place + " is " + none.getMessage() + ", wanted JSON");
    }
  }
}
