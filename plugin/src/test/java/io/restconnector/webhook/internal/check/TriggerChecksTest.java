package io.restconnector.webhook.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.spi.Secret;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.WebhookChannels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The list of checks by itself: nothing fires here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriggerChecksTest {

  private static final String NONE = "\"action\": {\"type\": \"none\"}";
  private static final Map<String, Secret> SECRETS = Map.of("key", Secret.of("secret"));

  private final WebhookEngine engine = WebhookEngine.with(SECRETS);

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenNobodySendsTheRequestThenItDoesNotCountForTheRateAndTheVerdictIsThatOfARealOne() {
    deploy("limited", "trial", "\"rateLimit\": {\"limit\": 1, \"period\": \"PT1H\"}, " + NONE);

    for (int i = 0; i < 3; i++) {
      TriggerChecks trial = checks("trial", Map.of(), true);
      trial.head();
      assertThat(trial.open()).hasSize(1);
    }
    assertThat(engine.post("trial", "{}").status()).isEqualTo(200);
    TriggerChecks trial = checks("trial", Map.of(), true);
    trial.head();

    assertThat(trial.isDecided()).isTrue();
    assertThat(refusedBy(trial)).containsExactly(Check.RATE_LIMIT);
    assertThatThrownBy(trial::requireKnownSender)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("More requests");
  }

  @Test
  void whenNoTriggerWantsTheHeadersThenItIsDecidedWithoutTheBodyUnlessOneIsSigned() {
    deploy("byHeader", "early", "\"headers\": {\"X-Event\": \"a\"}, " + NONE);
    TriggerChecks open = checks("early", Map.of(), false);
    open.head();

    assertThat(open.isDecided()).isTrue();
    assertThatCode(open::requireKnownSender).doesNotThrowAnyException();

    deploy(
        "signed",
        "early",
        "\"headers\": {\"X-Event\": \"a\"}, \"signature\": {\"scheme\": \"github\","
            + " \"secret\": \"key\"}, "
            + NONE);
    TriggerChecks signed = checks("early", Map.of(), false);
    signed.head();

    assertThat(signed.isDecided()).isFalse();
    signed.bytes(new byte[0]);
    assertThat(refusedBy(signed)).containsExactly(Check.HEADERS, Check.SIGNATURE);
    // One trigger was open to everybody: whether the sender is known is not what decides.
    assertThatCode(signed::requireKnownSender).doesNotThrowAnyException();
  }

  @Test
  void whenEachTriggerOfTheMethodRefusesTheSenderThenItIsNotKnown() {
    String secret = "\"secret\": \"key\"}, ";
    deploy("bearer", "who", "\"authentication\": {\"type\": \"bearer\", " + secret + NONE);
    deploy("signed", "who", "\"signature\": {\"scheme\": \"github\", " + secret + NONE);
    deploy("other", "who", "\"method\": \"PUT\", " + NONE);
    TriggerChecks checks = checks("who", Map.of(), false);
    checks.head();
    checks.bytes(new byte[0]);

    assertThat(refusedBy(checks))
        .containsExactly(Check.AUTHENTICATION, Check.METHOD, Check.SIGNATURE);
    assertThatThrownBy(checks::requireKnownSender)
        .isInstanceOf(RefusedException.class)
        .hasMessage("The sender of this request is not known.");
    assertThat(engine.post("who", "{}").headers()).containsEntry("WWW-Authenticate", "Webhook");

    deploy(
        "basic",
        "who",
        "\"authentication\": {\"type\": \"basic\", \"username\": \"u\", " + secret + NONE);
    assertThat(engine.post("who", "{}").headers())
        .containsEntry("WWW-Authenticate", "Basic realm=\"webhooks\"");
  }

  private static List<Check> refusedBy(TriggerChecks checks) {
    return checks.outcomes().stream()
        .map(outcome -> ((TriggerOutcome.Refused) outcome.verdict()).check())
        .toList();
  }

  private TriggerChecks checks(String path, Map<String, List<String>> headers, boolean isTrial) {
    List<String> segments = List.of(path);
    return new TriggerChecks(
        new CheckedRequest(
            new WebhookRequest("POST", path, null, headers),
            segments,
            new CheckedRequest.Context(SECRETS::get, new Conditions(), null),
            Instant.now(),
            isTrial ? Occasion.trial(null) : Occasion.SENT),
        Objects.requireNonNull(WebhookChannels.of(engine.eventRegistry())).index().find(segments));
  }

  private void deploy(String key, String path, String properties) {
    engine.deploy(key + path + ".channel", WebhookEngine.channel(key + path, path, properties));
  }
}
