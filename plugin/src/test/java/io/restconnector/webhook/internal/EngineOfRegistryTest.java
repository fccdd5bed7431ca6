package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.delivery.EngineAction;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.util.Map;
import org.flowable.eventregistry.impl.cfg.StandaloneInMemEventRegistryEngineConfiguration;
import org.junit.jupiter.api.Test;

/** What is known of triggers with and without a process engine. */
class EngineOfRegistryTest {

  private static Trigger signed() throws Exception {
    return Triggers.read("'signature': {'scheme': 'github', 'secret': 'none'}, " + Triggers.NONE);
  }

  @Test
  void whenThereIsNoEngineThenTheBuiltInSchemesAreThereAndNothingIsWrong() throws Exception {
    EngineOfRegistry alone =
        new EngineOfRegistry(new StandaloneInMemEventRegistryEngineConfiguration());

    assertThat(alone.problemOf(signed())).isNull();
    assertThat(alone.warnsOfChannels()).isTrue();
    assertThat(alone.schemes()).isNotNull();
    assertThat(alone.actions()).isEqualTo(EngineAction.kinds().keySet());
  }

  @Test
  void whenThereIsAnEngineThenItSaysWhatIsWrong() throws Exception {
    try (WebhookEngine engine = WebhookEngine.with(Map.of("s", Secret.of("secret")))) {
      EngineOfRegistry with = new EngineOfRegistry(engine.eventRegistry());

      assertThat(with.problemOf(signed())).startsWith("signature.secret names");
      assertThat(with.problemOf(Triggers.read(Triggers.NONE))).isNull();
      assertThat(with.warnsOfChannels()).isTrue();
      assertThat(with.schemes()).isSameAs(WebhookEndpoint.of(engine.engine).triggers().schemes());
    }
  }
}
