package io.restconnector.model.internal;

import java.util.List;

/**
 * A property of a webhook channel file.
 *
 * @param preset the default, in Markdown: a literal in backticks, or words
 * @param meaning in Markdown, relative to docs/webhooks.md
 * @param schema JSON Schema of its value
 */
record ChannelProperty(String name, String preset, String meaning, String schema) {

  private static final String NONE = "none";
  private static final String REQUIRED = "required";
  static final String TEXT = "{\"type\": \"string\", \"pattern\": \"\\\\S\"}";
  private static final String STATUS =
      "{\"type\": \"integer\", \"minimum\": 200, \"maximum\": 599}";
  private static final String ANY_TEXT = "{\"type\": \"string\"}";
  private static final String TEXTS =
      "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}";

  /** In the order of the docs. */
  static final List<ChannelProperty> ALL =
      List.of(
          new ChannelProperty(
              "key",
              REQUIRED,
              "of the channel; a file with the same key replaces the trigger",
              TEXT),
          new ChannelProperty("channelType", REQUIRED, "`inbound`", "{\"const\": \"inbound\"}"),
          new ChannelProperty("type", REQUIRED, "`webhook`", "{\"const\": \"webhook\"}"),
          new ChannelProperty(
              "path",
              REQUIRED,
              "segments below the endpoint, such as `payments/{paymentId}`; `{name}` stands for one"
                  + " whole segment",
              """
              {"type": "string", "pattern":
                "^(?![.]answers(/|$))(?!([^/]*/)*[.]{1,2}(/|$))([{][A-Za-z_][A-Za-z0-9_-]*[}]|(?!:)(%[0-9A-Fa-f]{2}|[^{}/?#%*<>|^\\\\[\\\\]\\\\\\\\\\\\s])+)(/([{][A-Za-z_][A-Za-z0-9_-]*[}]|(?!:)(%[0-9A-Fa-f]{2}|[^{}/?#%*<>|^\\\\[\\\\]\\\\\\\\\\\\s])+))*$"}"""),
          new ChannelProperty(
              "method",
              "any",
              "one or a list of `GET` `HEAD` `POST` `PUT` `PATCH` `DELETE` `OPTIONS` `TRACE`; most"
                  + " containers answer TRACE themselves unless told otherwise",
              """
              {"oneOf": [{"$ref": "#/definitions/method"},
                {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/method"}}]}"""),
          new ChannelProperty(
              "headers",
              NONE,
              "each must be there with this very value; names in any case",
              """
              {"type": "object", "additionalProperties": {"type": "string"},
                "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"}}"""),
          new ChannelProperty("params", NONE, "the same for query and form parameters", TEXTS),
          new ChannelProperty(
              "condition",
              NONE,
              "an expression; the trigger matches only if it is `true`",
              "{\"$ref\": \"#/definitions/oneExpression\"}"),
          new ChannelProperty(
              "each",
              NONE,
              "an expression that gives a list: the trigger fires once for each element, which"
                  + " templates and conditions see as `item`, at most 1,000, all in one transaction",
              "{\"$ref\": \"#/definitions/oneExpression\"}"),
          new ChannelProperty(
              "status", "`200`", "of the answer when the trigger fired, 200 to 599", STATUS),
          new ChannelProperty("body", "empty", "JSON template of that answer", "true"),
          new ChannelProperty(
              "answerHeaders",
              NONE,
              "headers of that answer, with JSON templates of their values",
              """
              {"type": "object", "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
                "additionalProperties": {"anyOf": [
                  {"type": "string"}, {"type": "number"}, {"type": "boolean"}]}}"""),
          new ChannelProperty(
              "respond",
              NONE,
              "lets the process answer; see [Answers of the process](#answers-of-the-process)",
              """
              {"type": "object", "required": ["when", "within"], "additionalProperties": false,
                "properties": {
                  "when": {"type": "string", "pattern": "\\\\S",
                    "description": "ended, or the id of an activity"},
                  "within": {"$ref": "#/definitions/duration"},
                  "status": {"type": "integer", "minimum": 200, "maximum": 599},
                  "body": true,
                  "answerHeaders": {"type": "object",
                    "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
                    "additionalProperties": {"anyOf": [
                      {"type": "string"}, {"type": "number"}, {"type": "boolean"}]}}}}"""),
          new ChannelProperty(
              "maxBodySize",
              "`rest-connector.webhooks.max-body-size`",
              "largest body of a request, such as `256KB`; no more than the default",
              """
              {"anyOf": [{"type": "string", "pattern": "^[0-9]{1,10}(B|KB|MB|GB)?$"},
                {"type": "integer", "minimum": 0, "maximum": 9999999999}]}"""),
          new ChannelProperty(
              "payload",
              NONE,
              "JSON templates of event payload values, by name",
              "{\"type\": \"object\"}"),
          new ChannelProperty(
              "channelEventKeyDetection",
              "required without `action`",
              "which event: `fixedValue`, or taken from the body by `jsonField` or"
                  + " `jsonPointerExpression`",
              """
              {"type": "object", "minProperties": 1, "maxProperties": 1,
                "additionalProperties": false,
                "properties": {
                  "fixedValue": {"type": "string", "pattern": "\\\\S"},
                  "jsonField": {"type": "string", "pattern": "\\\\S"},
                  "jsonPointerExpression": {"type": "string", "pattern": "^/"}}}"""),
          new ChannelProperty(
              "action", "the event", "what happens in place of an event", ActionSchema.text()),
          new ChannelProperty(
              "signature",
              NONE,
              "how the sender must sign; see [Trust](#trust)",
              """
              {"type": "object", "required": ["scheme", "secret"],
                "properties": {
                  "scheme": {"type": "string", "pattern": "\\\\S", "anyOf": [
                    {"enum": ["standard-webhooks", "svix", "github", "slack", "stripe", "hmac"]},
                    {"description": "a SignatureScheme of the application"}]},
                  "secret": {"$ref": "#/definitions/secret"}},
                "allOf": [
                  {"if": {"properties": {"scheme": {"const": "hmac"}}, "required": ["scheme"]},
                    "then": {"required": ["header"], "additionalProperties": false,
                      "properties": {
                        "scheme": true, "secret": true,
                        "header": {"$ref": "#/definitions/header"},
                        "algorithm": {"enum": ["sha1", "sha256", "sha384", "sha512"]},
                        "encoding": {"enum": ["hex", "base64"]},
                        "prefix": {"type": "string"},
                        "separator": {"type": "string", "minLength": 1},
                        "timestampHeader": {"$ref": "#/definitions/header"},
                        "timestampUnit": {"enum": ["s", "ms"]},
                        "idHeader": {"$ref": "#/definitions/header"},
                        "content": {"$ref": "#/definitions/expression"}},
                      "dependencies": {
                        "timestampUnit": ["timestampHeader"], "idHeader": ["content"]}}},
                  {"if": {"properties": {"scheme": {"const": "stripe"}}, "required": ["scheme"]},
                    "then": {"additionalProperties": false,
                      "properties": {"scheme": true, "secret": true,
                        "header": {"$ref": "#/definitions/header"}}}},
                  {"if": {"required": ["scheme"], "properties": {"scheme":
                      {"enum": ["standard-webhooks", "svix", "github", "slack"]}}},
                    "then": {"additionalProperties": false,
                      "properties": {"scheme": true, "secret": true}}}]}"""),
          new ChannelProperty(
              "authentication",
              NONE,
              "which credentials the sender must have; see [Trust](#trust)",
              """
              {"type": "object", "required": ["type", "secret"],
                "properties": {
                  "type": {"enum": ["basic", "bearer", "api-key"]},
                  "secret": {"$ref": "#/definitions/secret"}},
                "allOf": [
                  {"if": {"properties": {"type": {"const": "basic"}}, "required": ["type"]},
                    "then": {"required": ["username"], "additionalProperties": false,
                      "properties": {"type": true, "secret": true,
                        "username": {"type": "string", "pattern": "^[^:]*[^:\\\\s][^:]*$"}}}},
                  {"if": {"properties": {"type": {"const": "bearer"}}, "required": ["type"]},
                    "then": {"additionalProperties": false,
                      "properties": {"type": true, "secret": true}}},
                  {"if": {"properties": {"type": {"const": "api-key"}}, "required": ["type"]},
                    "then": {"required": ["header"], "additionalProperties": false,
                      "properties": {"type": true, "secret": true,
                        "header": {"$ref": "#/definitions/header"}}}}]}"""),
          new ChannelProperty(
              "deduplication",
              NONE,
              "how a repeated delivery is known",
              """
              {"type": "object", "additionalProperties": false,
                "properties": {
                  "key": {"$ref": "#/definitions/expression"},
                  "retention": {"$ref": "#/definitions/duration"}}}"""),
          new ChannelProperty(
              "rateLimit",
              NONE,
              "how many requests are taken",
              """
              {"type": "object", "required": ["limit", "period"], "additionalProperties": false,
                "properties": {
                  "limit": {"type": "integer", "minimum": 1, "maximum": 2147483647},
                  "period": {"$ref": "#/definitions/duration"}}}"""),
          new ChannelProperty(
              "acceptWithoutConsumer",
              "`false`",
              "`true` answers the trigger's status even if nothing took the event",
              "{\"type\": \"boolean\"}"),
          new ChannelProperty(
              "eventNotMatchStatus",
              "`rest-connector.event-not-match-status`",
              "of the answer when no trigger of the path matches, or nothing took the event",
              STATUS),
          new ChannelProperty(
              "early",
              NONE,
              "keeps what nothing waits for yet, as long as `keep` says; see"
                  + " [Events that come early](#events-that-come-early)",
              """
              {"type": "object", "required": ["keep"], "additionalProperties": false,
                "properties": {"keep": {"$ref": "#/definitions/duration"}}}"""),
          new ChannelProperty("name", NONE, "as in every channel", ANY_TEXT),
          new ChannelProperty("description", NONE, "as in every channel", ANY_TEXT),
          new ChannelProperty("category", NONE, "as in every channel", ANY_TEXT),
          new ChannelProperty("extension", NONE, "as in every channel", "true"));
}
