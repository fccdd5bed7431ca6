package io.restconnector.aps.internal;

import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RestAction;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.ModelText;
import io.restconnector.content.internal.TypedTemplate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a REST call task sends: its template, or its request mappings as a body or a query. */
record RestCallPayload(RestAction action, RestCallValues values) {

  static final String TWO_BODIES =
      "requestMappingJSONTemplate stands beside modeler:request-mapping, wanted one of the two";

  private RestCallModel model() {
    return values.model();
  }

  /** The mappings of a method without a body. */
  Inputs.@Nullable Input query() throws InvalidInputException {
    return sendsPayload() || model().requestMappings().isEmpty()
        ? null
        : Inputs.Input.ofTask(mapped());
  }

  /** Whether request mappings make a body, and no query. */
  private boolean sendsPayload() {
    return action == RestAction.POST || action == RestAction.PUT || action == RestAction.PATCH;
  }

  Inputs.@Nullable Input body() throws InvalidInputException {
    String template = model().field(RestCallModel.TEMPLATE);
    if (template != null && !model().requestMappings().isEmpty() && sendsPayload()) {
      throw new InvalidInputException(TWO_BODIES);
    }
    if (template != null) {
      return Inputs.Input.ofTask(filled(template));
    }
    return sendsPayload() && !model().requestMappings().isEmpty()
        ? Inputs.Input.ofTask(mapped())
        : null;
  }

  private JsonNode filled(String template) throws InvalidInputException {
    try {
      return TypedTemplate.parse(template).evaluate(values::value);
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

  private ObjectNode mapped() throws InvalidInputException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (RestCallModel.RequestMapping mapping : model().requestMappings()) {
      Object value =
          mapping.variable() == null
              ? values.evaluate(RestCallModel.REQUEST_ELEMENT, ModelText.parse(mapping.value()))
              : values.variables().apply(mapping.variable());
      JsonNode node = RestCallValues.json(RestCallModel.REQUEST_ELEMENT, value);
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
}
