package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.webhook.internal.delivery.EngineAction.Reach;
import io.restconnector.webhook.internal.delivery.EngineAction.Taken;
import io.restconnector.webhook.internal.trigger.ActionKind;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowable.eventsubscription.api.EventSubscription;
import org.flowable.eventsubscription.service.impl.persistence.entity.MessageEventSubscriptionEntityImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The kinds of actions, and whom one reaches. */
class EngineActionTest {

  private static EventSubscription subscription(
      String definition, @Nullable String execution, @Nullable String instance) {
    var subscription = new MessageEventSubscriptionEntityImpl();
    subscription.setProcessDefinitionId(definition);
    subscription.setExecutionId(execution);
    subscription.setProcessInstanceId(instance);
    return subscription;
  }

  @Test
  void whenMessagesListTheKindsThenTheirOrderIsFixedAndOnlySomeAreAwaited() {
    assertThat(EngineAction.kinds().keySet().stream().map(ActionKind::type))
        .containsExactly("startProcess", "signal", "message", "startMessage", "none");
    assertThat(
            EngineAction.kinds().keySet().stream()
                .filter(ActionKind::isAwaited)
                .map(ActionKind::type))
        .containsExactly("signal", "message");
  }

  @Test
  void whenAnActionIsTheFirstThatIsLoadedThenAllKindsAreThereAllTheSame() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(each).toUri().toURL());
    }
    try (URLClassLoader fresh =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      String room = EngineAction.class.getPackageName() + ".";
      Class.forName(room + "SendMessage", true, fresh);

      Object kinds =
          Class.forName(room + "EngineAction", true, fresh).getMethod("kinds").invoke(null);

      assertThat(((Map<?, ?>) kinds).keySet()).hasSize(5).doesNotContainNull();
    }
  }

  @Test
  void whenSubscriptionsAreReachedThenAStartEventStartsAndAnExecutionIsWoken() {
    Reach reach =
        Reach.of(List.of(subscription("start", null, null), subscription("def", "ex", "inst")));

    assertThat(reach).isEqualTo(new Reach(List.of("start"), List.of("inst"), false));
    assertThat(reach.isNobody()).isFalse();
    assertThat(new Reach(List.of("start"), List.of()).isNobody()).isFalse();
    assertThat(new Reach(List.of(), List.of("inst")).isNobody()).isFalse();
    assertThat(Reach.of(List.of())).isEqualTo(Reach.NOBODY);
    assertThat(Reach.NOBODY.isNobody()).isTrue();
    assertThat(Reach.KEPT.isKept()).isTrue();
  }

  @Test
  void whenAnInstanceIsNotKnownThenTheActionIsTakenAllTheSame() {
    assertThat(Taken.by(null)).isEqualTo(new Taken(true, List.of()));
    assertThat(Taken.by("i")).isEqualTo(new Taken(true, List.of("i")));
    assertThat(Taken.BY_NOTHING.isTaken()).isFalse();
  }
}
