package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests that libraries of senders have signed; {@code .ci/senders} makes them and runs this. */
@EnabledIfSystemProperty(named = "senders", matches = ".+")
class RealSendersTest {

  @Test
  void whenALibraryOfASenderSignsThenTheTriggerFiresAndForNoOtherBody() throws IOException {
    List<JsonNode> requests =
        Files.readAllLines(Path.of(System.getProperty("senders"))).stream()
            .map(line -> JsonMapper.shared().readTree(line))
            .toList();
    Map<String, Secret> secrets = new HashMap<>();
    requests.forEach(
        each ->
            secrets.put(
                each.path("secret").stringValue(), Secret.of(each.path("secret").stringValue())));
    assertThat(requests).hasSizeGreaterThan(100);
    try (WebhookEngine engine = WebhookEngine.with(secrets)) {
      JsonNode deployed = null;
      for (JsonNode each : requests) {
        ObjectNode signature = (ObjectNode) each.path("signature").deepCopy();
        signature.set("secret", each.path("secret"));
        if (!signature.equals(deployed)) {
          deployed = signature;
          engine.deploy(
              "any.channel",
              WebhookEngine.channel(
                  "any",
                  "any",
                  "\"signature\": " + signature + ", \"action\": {\"type\": \"none\"}"));
        }

        assertThat(send(engine, each, each.path("body").stringValue()))
            .as("%s", each)
            .isEqualTo(200);
        assertThat(send(engine, each, each.path("body").stringValue() + " "))
            .as("%s with another body", each)
            .isEqualTo(401);
      }
    }
  }

  private static int send(WebhookEngine engine, JsonNode request, String body) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), List.of(header.getValue().stringValue())));
    URI url = URI.create(request.path("url").stringValue());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return WebhookEndpoint.of(engine.engine)
        .answer(
            new WebhookRequest(
                "POST",
                url.getScheme() + "://" + Objects.requireNonNull(url.getRawAuthority()),
                "/rest-connector/events/",
                "any",
                url.getRawQuery(),
                headers),
            bytes.length,
            new ByteArrayInputStream(bytes))
        .status();
  }
}
