package io.restconnector.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.WebhookServlet;
import io.restconnector.webhook.WebhookSettings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What an application adds to its webhooks, with nothing but the public API. */
class WebhookExtensionTest {

  private static final String TOKEN = "12345";
  private static final String FORM =
      "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212"
          + "&Caller=%2B14158675309";
  private static final String PROCESS =
      Bpmn.process(
          "called",
          "<startEvent id=\"s\"/><sequenceFlow sourceRef=\"s\" targetRef=\"t\"/><userTask id=\"t\"/>");

  private final List<WebhookOutcome> outcomes = new ArrayList<>();
  private final Map<String, Secret> vault = new HashMap<>();
  private ProcessEngine engine;

  @AfterEach
  void close() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void whenAnApplicationAddsASchemeThenItsChannelsAreVerifiedByItAndDeliveriesAreKnownAgain() {
    vault.put("token", Secret.of(TOKEN));
    start();
    deploy(
        "myapp.php",
        "\"signature\": {\"scheme\": \"twilio\", \"secret\": \"token\"}, \"deduplication\": {},"
            + " \"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"called\"}");

    assertThat(call("myapp.php", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", FORM)).isEqualTo(200);
    assertThat(call("myapp.php", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", FORM)).isEqualTo(200);
    assertThat(call("myapp.php", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", FORM + "4")).isEqualTo(401);
    assertThat(call("myapp.php", null, FORM)).isEqualTo(401);

    assertThat(verdicts())
        .extracting(verdict -> verdict.getClass().getSimpleName())
        .containsExactly("Fired", "Repeated", "Refused", "Refused");
    assertThat(verdicts().subList(2, 4))
        .containsExactly(
            new TriggerOutcome.Refused(Check.SIGNATURE, "no auth token matches"),
            new TriggerOutcome.Refused(Check.SIGNATURE, "header x-twilio-signature is missing"));
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().singleResult().getId())
        .isEqualTo(((TriggerOutcome.Fired) verdicts().get(0)).instanceIds().get(0));
  }

  @Test
  void whenAPropertyOrSecretDoesNotSuitTheSchemeThenTheChannelIsNotDeployed() {
    vault.put("token", Secret.of(TOKEN));
    vault.put("short", Secret.of("1234"));
    start();

    for (Map.Entry<String, String> wrong :
        Map.of(
                "\"secret\": \"token\", \"idField\": \"a=b\"",
                    "signature.idField is of type string",
                "\"secret\": \"token\", \"field\": \"a\"",
                    "signature.field is no property of scheme twilio",
                "\"secret\": \"short\"", "signature.secret names what is no usable secret",
                "\"secret\": \"missing\"", "signature.secret names what is no usable secret")
            .entrySet()) {
      assertThatThrownBy(
              () ->
                  deploy(
                      "wrong",
                      "\"signature\": {\"scheme\": \"twilio\", %s}, \"action\": {\"type\": \"none\"}"
                          .formatted(wrong.getKey())))
          .hasMessageContaining("wrong.channel: " + wrong.getValue());
    }
  }

  @Test
  void whenASecretChangesWhileTheEngineRunsThenTheNextRequestNeedsTheNewOne() {
    vault.put("key", Secret.of("first"));
    start();
    deploy(
        "secured",
        "\"authentication\": {\"type\": \"api-key\", \"header\": \"X-Key\", \"secret\": \"key\"},"
            + " \"action\": {\"type\": \"none\"}");

    assertThat(keyed("first")).isEqualTo(200);
    vault.put("key", Secret.of("second"));
    assertThat(keyed("first")).isEqualTo(401);
    assertThat(keyed("second")).isEqualTo(200);
    vault.remove("key");
    assertThat(keyed("second")).isEqualTo(401);
    assertThat(verdicts().get(3))
        .isEqualTo(
            new TriggerOutcome.Refused(
                Check.AUTHENTICATION, "no secret of the trigger can be used on this node"));
  }

  @Test
  void whenOneListenerFailsThenTheOthersAreToldAndTheSenderGetsItsAnswer() {
    List<String> seen = new ArrayList<>();
    engine =
        build(
            RestConnectorConfigurator.builder()
                .webhookListener(outcome -> seen.add("first " + outcome.status()))
                .webhookListener(
                    outcome -> {
                      throw new IllegalStateException("a listener's own failure");
                    })
                .webhookListener(outcome -> seen.add("last " + outcome.kind()))
                .build());
    deploy("open", "\"action\": {\"type\": \"none\"}");

    assertThat(call("open", null, "")).isEqualTo(200);
    assertThat(seen).containsExactly("first 200", "last FIRED");
  }

  @Test
  void whenBeansAreOrderedThenTheyAreToldInThatOrderBesideTheMeters() {
    new ApplicationContextRunner()
        .withPropertyValues(
            "spring.datasource.url=" + TestDatabase.H2.url(),
            "rest-connector.webhooks.public-url=https://mycompany.com",
            "rest-connector.secrets.token=" + TOKEN)
        .withUserConfiguration(Application.class)
        .run(
            context -> {
              SimpleMeterRegistry meters = new SimpleMeterRegistry();
              context.getBean("restConnectorMeters", MeterBinder.class).bindTo(meters);
              ProcessEngine own = context.getBean(ProcessEngine.class);
              deploy(
                  own,
                  "beans",
                  "\"signature\": {\"scheme\": \"twilio\", \"secret\": \"token\"},"
                      + " \"action\": {\"type\": \"none\"}");

              assertThat(send(own, request("beans", null, FORM))).isEqualTo(401);

              assertThat(Application.seen.get())
                  .containsExactly("first UNAUTHORIZED", "second UNAUTHORIZED");
              assertThat(
                      meters
                          .get("rest.connector.webhooks")
                          .tags("trigger", "beans", "outcome", "Unauthorized")
                          .timer()
                          .count())
                  .isEqualTo(1);
            });
  }

  @EnableAutoConfiguration
  static class Application {

    static final AtomicReference<List<String>> seen = new AtomicReference<>(new ArrayList<>());

    @Bean
    @Order(2)
    WebhookListener second() {
      return outcome -> seen.get().add("second " + outcome.kind());
    }

    @Bean
    @Order(1)
    WebhookListener first() {
      return outcome -> seen.get().add("first " + outcome.kind());
    }

    @Bean
    SignatureScheme twilio() {
      return new TwilioScheme();
    }
  }

  private void start() {
    SecretSource source = vault::get;
    engine =
        build(
            RestConnectorConfigurator.builder()
                .settings(
                    RestConnectorSettings.defaults()
                        .withWebhooks(
                            WebhookSettings.defaults()
                                .withPublicUrl("https://mycompany.com/")
                                .withEventNotMatchStatus(404)))
                .secretSource(source)
                .signatureScheme(new TwilioScheme())
                .webhookListener(outcomes::add)
                .build());
  }

  private static ProcessEngine build(RestConnectorConfigurator connector) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
    configuration.addConfigurator(connector);
    return configuration.buildProcessEngine();
  }

  private void deploy(String key, String properties) {
    deploy(engine, key, properties);
  }

  private static void deploy(ProcessEngine engine, String key, String properties) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("called.bpmn20.xml", PROCESS)
        .addString(
            key + ".channel",
            """
            {"key": "%s", "channelType": "inbound", "type": "webhook", "path": "%s", %s}
            """
                .formatted(key, key, properties))
        .deploy();
  }

  /** Twilio's published request, at a servlet that is mapped to all paths. */
  private int call(String path, String signature, String form) {
    return send(engine, request(path, signature, form));
  }

  private static MockHttpServletRequest request(String path, String signature, String form) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/" + path);
    request.setContentType("application/x-www-form-urlencoded");
    request.setContent(form.getBytes(StandardCharsets.UTF_8));
    request.setQueryString("foo=1&bar=2");
    request.setServletPath("");
    if (signature != null) {
      request.addHeader("X-Twilio-Signature", signature);
    }
    return request;
  }

  private int keyed(String key) {
    MockHttpServletRequest request = request("secured", null, "");
    request.addHeader("X-Key", key);
    return send(engine, request);
  }

  private static int send(ProcessEngine engine, MockHttpServletRequest request) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      new WebhookServlet(engine).service(request, response);
    } catch (ServletException | IOException failed) {
      throw new IllegalStateException(failed);
    }
    return response.getStatus();
  }

  private List<TriggerOutcome.Verdict> verdicts() {
    return outcomes.stream().map(outcome -> outcome.triggers().get(0).verdict()).toList();
  }
}
