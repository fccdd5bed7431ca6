package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipes of docs/recipes.md, with requests that were signed outside of the connector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedRecipesTest {

  static final Map<String, Secret> SECRETS =
      Map.of(
          "svix", Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
          "gitlab", Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
          "shopify", Secret.of("shopify-secret"),
          "calendly", Secret.of("calendly-key"),
          "pagerduty", Secret.of("pd-new"),
          "pagerduty-old", Secret.of("pd-old"),
          "zoom", Secret.of("zoom-secret"),
          "twilio", Secret.of("twilio-token"),
          "hubspot", Secret.of("hubspot-secret"));

  private static final String PROCESS =
      """
      <process id="%s"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
        <userTask id="t"/></process>
      """;

  private final WebhookEngine engine =
      WebhookEngine.with(
          WebhookEngine.settings(SECRETS)
              .withWebhooks(
                  WebhookSettings.defaults()
                      .withEventNotMatchStatus(404)
                      .withPublicUrl("https://example.com")));

  SignedRecipesTest() {
    RecipesTest.files()
        .forEach(file -> engine.deploy(file.getFileName().toString(), RecipesTest.read(file)));
    engine.configuration().getClock().setCurrentTime(Date.from(Instant.ofEpochSecond(1700000000)));
  }

  @AfterAll
  void close() {
    engine.configuration().getClock().reset();
    engine.close();
  }

  @ParameterizedTest
  @EnumSource
  void whenASenderSignsThenItsRecipeStartsTheProcessAndNothingElseDoes(Sent sent) {
    engine.deploy(sent.process + ".bpmn20.xml", PROCESS.formatted(sent.process));

    assertThat(send(sent, sent.body.replaceFirst("[0-9]", "9"))).isEqualTo(401);
    assertThat(send(sent, sent.body)).isEqualTo(200);

    assertThat(
            engine.runtime().createProcessInstanceQuery().processDefinitionKey(sent.process).list())
        .extracting(instance -> instance.getBusinessKey())
        .containsExactlyInAnyOrder(sent.businessKeys);
  }

  private int send(Sent sent, String body) {
    Map<String, List<String>> headers = new HashMap<>();
    sent.headers.forEach((name, value) -> headers.put(name, List.of(value)));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    WebhookRequest request =
        new WebhookRequest(
            "POST", "http://10.0.0.7:8080", "/rest-connector/events/", sent.path, null, headers);
    return WebhookEndpoint.of(engine.engine)
        .answer(request, bytes.length, new ByteArrayInputStream(bytes))
        .status();
  }

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes them
  enum Sent {
    SVIX(
        "bookInvoice",
        "{\"type\":\"invoice.paid\",\"data\":{\"id\":\"in_1\"}}",
        List.of("in_1"),
        "svix-id: msg_1",
        "svix-timestamp: 1700000000",
        "svix-signature: v1,ykGWWHiKaEuAMBeoTPDWKebfiO7eX74Gn9ehLr9gXrY="),
    GITLAB(
        "buildProject",
        "{\"object_kind\":\"push\",\"checkout_sha\":\"da1560886d4f\"}",
        List.of("da1560886d4f"),
        "x-gitlab-event: Push Hook",
        "webhook-id: gl_1",
        "webhook-timestamp: 1700000000",
        "webhook-signature: v1,Ru9PMqkz2vatv3yrptHKK6fmvw4CDvX9+nNALkSkR/E="),
    SHOPIFY(
        "packOrder",
        "{\"id\":820982911946154508}",
        List.of("820982911946154508"),
        "x-shopify-topic: orders/create",
        "x-shopify-event-id: 98880550-7158-44d4-b7cd-2c97c8a091b5",
        "x-shopify-hmac-sha256: 5A3oQQfW+WMeNQwhapvpG0xvKI5Ip4Bp9W/9ifwwyGk="),
    CALENDLY(
        "prepareMeeting",
        "{\"event\":\"invitee.created\",\"payload\":{\"email\":\"ann1@example.com\"}}",
        List.of("ann1@example.com"),
        "calendly-webhook-signature: t=1700000000,"
            + "v1=9deea5def9ad18d11451143e1fd509109a62ccbbedd2e7ff7cd74b0cc218689d"),
    PAGERDUTY(
        "handleIncident",
        "{\"event\":{\"id\":\"01BW\",\"event_type\":\"incident.triggered\"}}",
        List.of("01BW"),
        "x-pagerduty-signature:"
            + " v1=53781e94f6ab477c4c4f92b8608617882d5c65119494d6fa307ba2ff8fd65b00,"
            + "v1=24dbcff2645ccccc3c07c26d52740e7db8c5e49832cb0256c5ade9ac81b626be"),
    ZOOM(
        "recordMeeting",
        "{\"event\":\"meeting.started\",\"payload\":{\"object\":{\"id\":\"11111\"}}}",
        List.of("11111"),
        "x-zm-request-timestamp: 1700000000",
        "x-zm-signature: v0=52df5c7361669b4a98d41f07d6d377e1ebd3f3d8d0fce3f5321dba9e7d8d8d67"),
    TWILIO(
        "answerCall",
        "CallSid=CA1&From=%2B14158675309",
        List.of("CA1"),
        "content-type: application/x-www-form-urlencoded",
        "x-twilio-signature: kEbYUhEkD9uX0Q3tnw5rqLDj6qM="),
    HUBSPOT(
        "welcomeContact",
        "[{\"objectId\":7,\"subscriptionType\":\"contact.creation\"},"
            + "{\"objectId\":8,\"subscriptionType\":\"contact.creation\"}]",
        List.of("7", "8"),
        "x-hubspot-request-timestamp: 1700000000000",
        "x-hubspot-signature-v3: AI/8r413EHZSsXRzq51Oq3M22cTmUWurXWrnZ7oS3jw=");

    private final String process;
    private final String path;
    private final String body;
    private final String[] businessKeys;
    private final Map<String, String> headers = new HashMap<>();

    Sent(String process, String body, List<String> businessKeys, String... headers) {
      this.process = process;
      this.body = body;
      this.businessKeys = businessKeys.toArray(String[]::new);
      path = name().toLowerCase(java.util.Locale.ROOT);
      this.headers.put("content-type", "application/json");
      for (String header : headers) {
        String[] nameAndValue = header.split(": ", 2);
        this.headers.put(nameAndValue[0], Objects.requireNonNull(nameAndValue[1]));
      }
    }
  }
}
