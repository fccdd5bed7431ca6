package io.restconnector.model.internal;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of the files that an event registry deploys, for editors. */
final class Schemas {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String DEFINITIONS =
      """
      {"method": {"enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]},
       "expression": {"type": "string", "pattern": "[$]\\\\{"},
       "oneExpression": {"type": "string", "pattern": "^\\\\s*[$]\\\\{[\\\\s\\\\S]*[}]\\\\s*$"},
       "header": {"type": "string", "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
       "secret": {"oneOf": [
         {"$ref": "#/definitions/text"},
         {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/text"}}]},
       "text": {"type": "string", "pattern": "\\\\S"},
       "duration": {"type": "string",
         "pattern": "^P(?!$)([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?$"}}""";

  private static final String EVENT =
      """
      {"$schema": "http://json-schema.org/draft-07/schema#",
       "title": "Event of the Flowable event registry",
       "type": "object",
       "required": ["key"],
       "properties": {
         "key": {"type": "string", "pattern": "\\\\S"},
         "name": {"type": "string"},
         "category": {"type": "string"},
         "payload": {"type": "array", "items": {
           "type": "object",
           "required": ["name"],
           "properties": {
             "name": {"type": "string", "pattern": "\\\\S"},
             "type": {"enum": ["string", "double", "integer", "long", "boolean", "json"]},
             "header": {"type": "boolean",
               "description": "Taken from the request header of this name."},
             "correlationParameter": {"type": "boolean",
               "description": "Tells which waiting instances the event is for."},
             "isFullPayload": {"type": "boolean",
               "description": "The whole body of the request."},
             "metaParameter": {"type": "boolean"}}}}}}""";

  private Schemas() {}

  static ObjectNode event() {
    return (ObjectNode) JSON.readTree(EVENT);
  }

  static ObjectNode channel() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Webhook channel of the REST connector for Flowable");
    schema.put("type", "object");
    var required = schema.putArray("required");
    ObjectNode properties = schema.putObject("properties");
    for (ChannelProperty property : ChannelProperty.ALL) {
      if (property.preset().equals("required")) {
        required.add(property.name());
      }
      properties.set(property.name(), described(property));
    }
    schema.put("additionalProperties", false);
    schema.set(
        "allOf",
        JSON.readTree(
            """
            [{"anyOf": [{"required": ["action"]}, {"required": ["channelEventKeyDetection"]}]},
             {"if": {"required": ["deduplication"], "not": {"required": ["signature"],
                "properties": {"signature": {"properties":
                  {"scheme": {"not": {"enum": ["github", "slack", "stripe", "hmac"]}}}, "required": ["scheme"]}}}},
              "then": {"properties": {"deduplication": {"required": ["key"]}}}},
             {"if": {"required": ["early"]},
              "then": {"properties": {
                "acceptWithoutConsumer": {"const": false},
                "action": {"properties": {"type": {"enum": ["message", "signal"]}}}}}},
             {"if": {"required": ["status"], "properties": {"status": {"enum": [204, 205, 304]}}},
              "then": {"properties": {"body": {"type": "null"}}}}]"""));
    schema.set("definitions", JSON.readTree(DEFINITIONS));
    return schema;
  }

  private static tools.jackson.databind.JsonNode described(ChannelProperty property) {
    var schema = JSON.readTree(property.schema());
    String text =
        property.meaning().replaceAll("; see \\[.*?]\\(.*?\\)", "").replace("`", "")
            + (property.preset().equals("required")
                ? ""
                : ". Default: " + property.preset().replace("`", ""));
    if (schema.isBoolean()) {
      return JSON.createObjectNode().put("description", text);
    }
    return ((ObjectNode) schema).put("description", text);
  }
}
