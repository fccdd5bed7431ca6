package io.restconnector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.RestConnectorSettings;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.Webhooks;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookCallTest {

  private static final String TEXT = "whsec_0123";
  private static final String BASE64 = "whsec_MDEyMzQ1Njc4OWFiY2RlZg==";

  @RegisterExtension static final RestConnectorExtension rest = new RestConnectorExtension();

  private static final ProcessEngine engine =
      rest.start(
          TestProcess.configuration(),
          RestConnectorSettings.defaults()
              .withHttp(
                  RestConnectorSettings.defaults()
                      .http()
                      .withAccess(
                          RestConnectorSettings.defaults()
                              .http()
                              .access()
                              .withSecrets(
                                  Map.of("text", Secret.of(TEXT), "base64", Secret.of(BASE64))))));

  @BeforeAll
  static void deploy() {
    TestProcess.deploy(
        engine,
        "paid",
        "<startEvent id=\"s\"/><sequenceFlow sourceRef=\"s\" targetRef=\"t\"/><userTask id=\"t\"/>");
    deploy("open", "\"method\": \"PUT\", \"condition\": \"${headers['x-kind'] == 'a'}\"");
    for (String scheme : new String[] {"github", "slack", "stripe"}) {
      deploy(scheme, signature(scheme, "text"));
    }
    deploy("standard-webhooks", signature("standard-webhooks", "base64"));
  }

  private static String signature(String scheme, String secret) {
    return "\"signature\": {\"scheme\": \"%s\", \"secret\": \"%s\"}".formatted(scheme, secret);
  }

  private static void deploy(String key, String more) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            key + ".channel",
            """
            {"key": "%1$s", "channelType": "inbound", "type": "webhook",
             "path": "%1$s/{order}", %2$s, "status": 201,
             "action": {"type": "startProcess", "processDefinitionKey": "paid",
               "variables": {"order": "${pathVariables.order}", "n": "${body.n}"}},
             "body": {"taken": "${pathVariables.order}"}}
            """
                .formatted(key, more))
        .deploy();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"github", "slack", "stripe", "standard-webhooks"})
  void whenARequestIsSignedThenItIsTakenAndWithAnotherSecretItIsNot(String scheme) {
    boolean isBase64 = scheme.equals("standard-webhooks");
    String path = scheme + "/A-1";

    Webhooks.Answer taken =
        rest.webhook(path).json("{\"n\": 1}").signedBy(scheme, isBase64 ? BASE64 : TEXT).send();
    Webhooks.Answer refused =
        rest.webhook(path)
            .json("{\"n\": 2}")
            .signedBy(scheme, isBase64 ? BASE64.replace("MD", "NE") : "another")
            .send();

    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.headers()).containsEntry("Content-Type", "application/json");
    assertThat(taken.body()).isEqualTo("{\"taken\":\"A-1\"}");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(rest.webhook(path).json("{\"n\": 3}").send().status()).isEqualTo(401);
  }

  @Test
  void whenARequestIsOfAnotherKindThenItIsSentAsItIs() {
    Webhooks.Answer taken =
        rest.webhook("open/A%2F1?x=1")
            .method("PUT")
            .header("X-Kind", "a")
            .body("application/vnd.example+json", "{\"n\": 1}")
            .header("X-More", "1")
            .header("x-more", "2")
            .send();

    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.body()).isEqualTo("{\"taken\":\"A/1\"}");
    assertThat(rest.webhook("open/A").json("{\"n\": 1}").header("X-Kind", "a").send().status())
        .isEqualTo(404);
    assertThat(rest.webhook("nowhere").json("{}").send().status()).isEqualTo(404);
  }

  @Test
  void whenASchemeIsUnknownThenTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> rest.webhook("open/A").signedBy("twilio", "key"))
        .hasMessage(
            "No request can be signed by 'twilio', wanted one of github, slack,"
                + " standard-webhooks, stripe");
  }

  @Test
  void whenThereIsNoEngineThenItSaysHowToMakeItKnown() {
    assertThatThrownBy(() -> new RestConnectorExtension().webhook("open/A"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("build it with start");
  }
}
