package io.restconnector.aps.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.ExtensionAttribute;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.FlowElement;
import org.jspecify.annotations.Nullable;

/**
 * A REST call task as an export has it.
 *
 * @param fields texts by name, none of them blank
 */
record RestCallModel(
    Map<String, String> fields,
    List<RequestHeader> headers,
    List<RequestMapping> requestMappings,
    List<ResponseMapping> responseMappings) {

  static final String BASE_ENDPOINT = "baseEndpoint";
  static final String BASE_ENDPOINT_NAME = "baseEndpointName";
  static final String REST_URL = "restUrl";
  static final String HTTP_METHOD = "httpMethod";
  static final String TEMPLATE = "requestMappingJSONTemplate";

  static final String HEADER_ELEMENT = "modeler:request-header";
  static final String REQUEST_ELEMENT = "modeler:request-mapping";
  static final String RESPONSE_ELEMENT = "modeler:response-mapping";

  /** A header with text that may hold expressions. */
  record RequestHeader(String name, String value) {}

  /**
   * A property of the request.
   *
   * @param variable whose value it has, null where it has a fixed value
   * @param value text that may hold expressions
   */
  record RequestMapping(String property, String type, @Nullable String variable, String value) {}

  static RestCallModel of(FlowElement task, List<FieldExtension> extensions) {
    Map<String, String> fields = new HashMap<>();
    for (FieldExtension field : extensions) {
      String expression = field.getExpression();
      String text =
          expression == null || expression.isEmpty() ? field.getStringValue() : expression;
      if (text != null && !text.isBlank()) {
        fields.putIfAbsent(field.getFieldName(), text.strip());
      }
    }
    List<RequestHeader> headers = new ArrayList<>();
    for (ExtensionElement each : elements(task, HEADER_ELEMENT)) {
      headers.add(new RequestHeader(attribute(each, "headerName"), attribute(each, "headerValue")));
    }
    List<RequestMapping> mappings = new ArrayList<>();
    for (ExtensionElement each : elements(task, REQUEST_ELEMENT)) {
      mappings.add(
          new RequestMapping(
              attribute(each, "jsonPropertyName"),
              attribute(each, "jsonPropertyType"),
              variable(each),
              attribute(each, "jsonPropertyValue")));
    }
    List<ResponseMapping> responses = new ArrayList<>();
    for (ExtensionElement each : elements(task, RESPONSE_ELEMENT)) {
      responses.add(
          new ResponseMapping(
              attribute(each, "jsonPropertyName"),
              attribute(each, "processVariableName"),
              attribute(each, "processVariableType")));
    }
    return new RestCallModel(
        Map.copyOf(fields), List.copyOf(headers), List.copyOf(mappings), List.copyOf(responses));
  }

  private static List<ExtensionElement> elements(FlowElement task, String name) {
    return task.getExtensionElements()
        .getOrDefault(name.substring(name.indexOf(':') + 1), List.of());
  }

  /** Of a form field or of what an earlier call gave, each of which is a variable. */
  private static @Nullable String variable(ExtensionElement mapping) {
    for (String name :
        List.of(
            "jsonPropertyValueRestResponseField",
            "jsonPropertyValueFormField",
            "jsonPropertyValueVariable")) {
      String variable = attribute(mapping, name);
      if (!variable.isEmpty()) {
        return variable;
      }
    }
    return null;
  }

  /** Whatever its namespace, empty where there is none. */
  private static String attribute(ExtensionElement element, String name) {
    List<ExtensionAttribute> found = element.getAttributes().get(name);
    String value = found == null || found.isEmpty() ? null : found.get(0).getValue();
    return value == null ? "" : value.strip();
  }

  @Nullable String field(String name) {
    return fields.get(name);
  }

  /** Whether the model names an endpoint, whatever its name is. */
  boolean hasEndpoint() {
    return fields.containsKey(BASE_ENDPOINT_NAME) || fields.containsKey(BASE_ENDPOINT);
  }

  /** The name or id of the endpoint, whichever the model has. */
  String endpointField() {
    return fields.containsKey(BASE_ENDPOINT_NAME) ? BASE_ENDPOINT_NAME : BASE_ENDPOINT;
  }
}
