package io.restconnector.console;

import io.restconnector.journal.SampleRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A webhook request as the page gives it. */
final class WebhookTrial {

  private WebhookTrial() {}

  /** A request that is explained. */
  static SampleRequest of(JsonNode body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    body.path("headers")
        .properties()
        .forEach(
            header -> {
              List<String> values = new ArrayList<>();
              header.getValue().forEach(value -> values.add(value.asString("")));
              headers.put(header.getKey(), values);
            });
    return new SampleRequest(
        text(body, "method"),
        text(body, "target"),
        headers,
        body.path("body").asString("").getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode body, String name) {
    String value = body.path(name).asString("");
    if (value.isBlank()) {
      throw new ConsoleException(400, name + " is missing.");
    }
    return value;
  }
}
