package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.AnsweredRequest.Part;
import io.restconnector.webhook.internal.check.CheckedRequest;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.check.TriggerChecks;
import io.restconnector.webhook.internal.delivery.MatchedTrigger;
import io.restconnector.webhook.internal.delivery.MatchedTriggerReader;
import io.restconnector.webhook.internal.delivery.WantedScopes;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flowable.eventregistry.impl.cfg.StandaloneInMemEventRegistryEngineConfiguration;
import org.junit.jupiter.api.Test;

/** What the triggers of a path took of a request. */
class AnsweredRequestTest {

  @Test
  void whenTriggersAreOfThePathThenEachHasItsPartAndTheFirstElementTellsTheCorrelation()
      throws Exception {
    Trigger firing =
        Triggers.read(
            "'each': '${body}', 'action': {'type': 'message', 'name': 'm', 'correlationKey':"
                + " '${item}'}");
    Trigger other = Triggers.read(Triggers.NONE);
    RequestScope request = Triggers.request(JsonText.parse("[\"a\", \"b\"]"));
    List<MatchedTrigger> matched =
        new MatchedTriggerReader(
                new StandaloneInMemEventRegistryEngineConfiguration(),
                name -> Secret.of("s"),
                1_000)
            .read(firing, request, WantedScopes.of(firing, request, new Conditions()), null);
    TriggerChecks checks =
        new TriggerChecks(
            new CheckedRequest(
                new WebhookRequest("POST", "a/7", null, Map.of()),
                List.of("a", "7"),
                new CheckedRequest.Context(name -> null, new Conditions(), null),
                Instant.EPOCH,
                Occasion.SENT),
            List.of(other, firing));

    assertThat(AnsweredRequest.parts(checks, matched))
        .containsExactly(
            new Part(other, null, Map.of()), new Part(firing, null, Map.of("correlationKey", "a")));
    assertThat(AnsweredRequest.parts(null, matched)).isEmpty();
  }
}
