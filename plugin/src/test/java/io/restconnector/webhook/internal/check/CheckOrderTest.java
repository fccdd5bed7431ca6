package io.restconnector.webhook.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.internal.check.CheckOrder.Stage;
import io.restconnector.webhook.internal.check.CheckOrder.Step;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check by itself: what it wants, and what it says where it does not have it. */
class CheckOrderTest {

  private static final Map<String, Secret> SECRETS = Map.of("key", Secret.of("secret"));
  private static final WebhookRequest REQUEST =
      new WebhookRequest(
          "POST",
          "a/7",
          null,
          Map.of("x-event", List.of("settled"), "authorization", List.of("Bearer secret")));
  private static final String SIGNED = "'signature': {'scheme': 'github', 'secret': 'key'}";
  private static final String BEARER = "'authentication': {'type': 'bearer', 'secret': 'key'}";
  private static final String LIMITED = "'rateLimit': {'limit': 1, 'period': 'PT1H'}";

  private static Trigger trigger(String properties) throws Exception {
    return Triggers.read(properties + ", " + Triggers.NONE);
  }

  private static Map<Check, Step> steps(Occasion occasion) {
    CheckedRequest request =
        new CheckedRequest(
            REQUEST,
            List.of("a", "7"),
            new CheckedRequest.Context(SECRETS::get, new Conditions(), null),
            Instant.EPOCH,
            occasion);
    request.bytes(new byte[10]);
    request.body(Map.of("p", "1"), JsonText.parse("{\"n\": 5}"), 20);
    Map<Check, Step> steps = new EnumMap<>(Check.class);
    new CheckOrder(request).steps().forEach(each -> steps.put(each.check(), each));
    return steps;
  }

  private static @Nullable String reason(Check check, Trigger trigger, Occasion occasion) {
    Step step = Objects.requireNonNull(steps(occasion).get(check));
    return step.apply().apply(new Candidate(trigger)) instanceof CheckResult.Refused refused
        ? refused.reason()
        : null;
  }

  @Test
  void whenChecksAreMadeThenTheirOrderIsThatOfTheOutcomesAndNoneComesBeforeWhatItNeeds()
      throws Exception {
    assertThat(steps(Occasion.SENT).keySet()).containsExactly(Check.values());
    for (String properties : List.of("'status': 200", SIGNED)) {
      Trigger trigger = trigger(properties);
      Map<Check, Stage> stages = new EnumMap<>(Check.class);
      steps(Occasion.SENT).forEach((check, step) -> stages.put(check, step.stage().apply(trigger)));
      assertThat(stages)
          .containsEntry(Check.METHOD, Stage.REQUEST_LINE)
          .containsEntry(Check.AUTHENTICATION, Stage.HEAD)
          .containsEntry(Check.SIGNATURE, properties.equals(SIGNED) ? Stage.BYTES : Stage.HEAD)
          .containsEntry(Check.HEADERS, Stage.HEAD)
          .containsEntry(Check.CONDITION, Stage.BODY);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "METHOD         | 'status': 200                             | -",
        "METHOD         | 'method': ['PUT', 'POST']                 | -",
        "METHOD         | 'method': ['PUT', 'GET']                  | it takes PUT, GET only",
        "AUTHENTICATION | 'status': 200                             | -",
        "AUTHENTICATION | 'authentication': {'type': 'bearer', 'secret': 'key'} | -",
        "AUTHENTICATION | 'authentication': {'type': 'api-key', 'header': 'X-Key', 'secret': 'key'} | header x-key is missing",
        "AUTHENTICATION | 'authentication': {'type': 'bearer', 'secret': 'none'} | no secret of the trigger can be used on this node",
        "RATE_LIMIT     | 'status': 200                             | -",
        "SIGNATURE      | 'status': 200                             | -",
        "SIGNATURE      | 'signature': {'scheme': 'github', 'secret': 'key'} | header x-hub-signature-256 is missing",
        "HEADERS        | 'headers': {'X-Event': 'settled'}         | -",
        "HEADERS        | 'headers': {'X-Event': 'paid'}            | header x-event has another value",
        "HEADERS        | 'headers': {'X-Other': 'paid'}            | header x-other is missing",
        "BODY_SIZE      | 'maxBodySize': 20                         | -",
        "BODY_SIZE      | 'maxBodySize': 19                         | the body is larger than its maxBodySize",
        "PARAMS         | 'params': {'p': '1'}                      | -",
        "PARAMS         | 'params': {'p': '2'}                      | parameter p has another value",
        "PARAMS         | 'params': {'q': '1'}                      | parameter q is missing",
        "CONDITION      | 'condition': '${body.n == 5 && pathVariables.id == \"7\"}' | -",
        "CONDITION      | 'condition': '${body.n == 6}'             | the condition is false"
      })
  void whenATriggerWantsSomethingElseThenTheReasonSaysWhat(
      Check check, String properties, @Nullable String reason) throws Exception {
    assertThat(reason(check, trigger(properties.replace("\"", "\\\"")), Occasion.SENT))
        .isEqualTo(reason);
  }

  @Test
  void whenTheRateIsReachedThenTheNextWaitsAndOnlyWhatCountsCounts() throws Exception {
    Occasion.KnownSender known = (trigger, check) -> new SignatureScheme.Valid(null);
    Trigger limited = trigger(LIMITED);
    for (Occasion free : List.of(Occasion.trial(null), Occasion.replay(1, known))) {
      assertThat(reason(Check.RATE_LIMIT, limited, free)).isNull();
    }
    assertThat(reason(Check.RATE_LIMIT, limited, Occasion.SENT)).isNull();
    assertThat(reason(Check.RATE_LIMIT, limited, Occasion.SENT))
        .matches("the limit is reached; the next request is taken in \\d+ s");
    assertThat(reason(Check.RATE_LIMIT, limited, Occasion.trial(null)))
        .startsWith("the limit is reached");
    assertThat(reason(Check.RATE_LIMIT, limited, Occasion.replay(1, known))).isNull();

    Trigger other = trigger("'headers': {'X-Event': 'paid'}, " + LIMITED);
    for (int i = 0; i < 3; i++) {
      assertThat(reason(Check.RATE_LIMIT, other, Occasion.SENT)).isNull();
    }
  }

  @Test
  void whenTheRateIsReachedThenTheResultHasTheWait() throws Exception {
    Trigger limited = trigger(LIMITED);
    Step step = Objects.requireNonNull(steps(Occasion.SENT).get(Check.RATE_LIMIT));

    assertThat(step.apply().apply(new Candidate(limited))).isEqualTo(CheckResult.GOES_ON);
    assertThat(step.apply().apply(new Candidate(limited)))
        .isInstanceOfSatisfying(
            CheckResult.Refused.class, refused -> assertThat(refused.retryAfter()).isPositive());
  }

  @Test
  void whenTheSenderIsKnownThenItsChecksAreNotMadeAgain() throws Exception {
    Occasion known =
        Occasion.trial(
            (trigger, check) ->
                check == Check.SIGNATURE
                    ? new SignatureScheme.Valid("d-1")
                    : new SignatureScheme.Invalid("as it was"));

    assertThat(reason(Check.SIGNATURE, trigger(SIGNED), known)).isNull();
    assertThat(reason(Check.AUTHENTICATION, trigger(BEARER), known)).isEqualTo("as it was");
    assertThat(reason(Check.AUTHENTICATION, trigger("'status': 200"), known)).isNull();
  }

  @Test
  void whenTheConditionIsCheckedThenTheCandidateKnowsWhatItWants() throws Exception {
    Candidate candidate = new Candidate(trigger("'condition': '${body.n == 5}'"));
    Step step = Objects.requireNonNull(steps(Occasion.SENT).get(Check.CONDITION));

    assertThat(step.apply().apply(candidate)).isEqualTo(CheckResult.GOES_ON);
    assertThat(candidate.wanted().scopes()).hasSize(1);
  }
}
