package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.flowable.eventregistry.impl.cfg.StandaloneInMemEventRegistryEngineConfiguration;
import org.flowable.eventregistry.model.InboundChannelModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The triggers that are served now. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookChannelsTest {

  private static final String NONE = "\"action\": {\"type\": \"none\"}";

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);
  private final WebhookChannels channels =
      Objects.requireNonNull(WebhookChannels.of(engine.eventRegistry()));

  @AfterAll
  void close() {
    engine.close();
  }

  private String deploy(String key, String path) {
    return engine.deploy(key + ".channel", WebhookEngine.channel(key, path, NONE));
  }

  private List<String> found(String path) {
    return channels.index().find(List.of(path)).stream().map(Trigger::key).toList();
  }

  @Test
  void whenChannelsComeAndGoThenTheIndexHasTheLatestVersionsOnceTheyAreCommitted() {
    String first = deploy("a", "one");
    assertThat(found("one")).containsExactly("a");
    engine.inTransaction(
        () -> {
          deploy("a", "two");
          assertThat(found("one")).containsExactly("a");
          return null;
        });
    assertThat(found("one")).isEmpty();
    assertThat(found("two")).containsExactly("a");

    engine.engine.getRepositoryService().deleteDeployment(first, true);
    assertThat(found("two")).containsExactly("a");
  }

  @Test
  void whenNothingHasChangedThenTheIndexAndTheTriggersOfOthersAreTheSame() {
    deploy("same", "same");
    TriggerIndex index = channels.index();
    Trigger trigger = index.find(List.of("same")).get(0);
    assertThat(channels.index()).isSameAs(index);

    deploy("another", "another");

    assertThat(channels.index()).isNotSameAs(index);
    assertThat(channels.index().find(List.of("same")).get(0)).isSameAs(trigger);
  }

  @Test
  void whenARegistryIsTaughtTwiceThenItHasTheChannelsOnceAndOtherTypesAreNotTheirs() {
    var registry = new StandaloneInMemEventRegistryEngineConfiguration();
    TriggerHost host = Triggers.host(Set.of());
    assertThat(WebhookChannels.of(registry)).isNull();
    WebhookChannels.install(registry, host);
    WebhookChannels installed = Objects.requireNonNull(WebhookChannels.of(registry));
    WebhookChannels.install(registry, host);

    assertThat(registry.getChannelModelProcessors()).containsOnlyOnce(installed);
    assertThat(installed.canProcess(new InboundChannelModel())).isFalse();
    assertThat(WebhookChannels.properties())
        .contains("path", "signature", "early", "deduplication")
        .doesNotContain("secret");
  }
}
