package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.common.engine.impl.util.DefaultClockImpl;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;

/** An endpoint without triggers, and who is told of its requests. */
class WebhookEndpointTest {

  private static final WebhookRequest REQUEST = new WebhookRequest("POST", "none", null, Map.of());

  private final List<String> told = new ArrayList<>();

  private WebhookListener listener(String name, boolean fails) {
    return outcome -> {
      told.add(name + outcome.status());
      if (fails) {
        throw new StackOverflowError();
      }
    };
  }

  private RequestObserver observer(int wanted) {
    return new RequestObserver() {
      @Override
      public int wantedBytes() {
        return wanted;
      }

      @Override
      public void answered(AnsweredRequest request) {
        told.add("observer" + request.replayOf());
        throw new IllegalStateException("of the journal");
      }

      @Override
      public void answered(WebhookOutcome outcome) {}
    };
  }

  private static WebhookEndpoint endpoint(WebhookExtensions extensions) {
    ProcessEngineConfigurationImpl unbuilt = PlainEngines.configuration();
    unbuilt.setClock(new DefaultClockImpl());
    return new WebhookEndpoint(
        unbuilt,
        WebhookSettings.defaults().withEventNotMatchStatus(410),
        name -> Secret.of("s"),
        extensions,
        Tracing.OFF);
  }

  @Test
  void whenAListenerFailsThenTheOthersAreToldAndTheAnswerIsTheSame() {
    WebhookEndpoint endpoint =
        endpoint(
            new WebhookExtensions(
                List.of(), List.of(listener("a", true), listener("b", false)), observer(0)));
    try (LoggedEvents log = LoggedEvents.of(WebhookEndpoint.class).alone()) {
      WebhookResponse answer = endpoint.answer(REQUEST, 0, InputStream.nullInputStream());

      assertThat(answer.status()).isEqualTo(410);
      assertThat(told).containsExactly("observernull", "a410", "b410");
      assertThat(log.messages()).hasSize(2);
    }
    endpoint.close();
  }

  @Test
  void whenARequestIsSentOnceMoreThenItsObserverKnowsAndALookIsToldToNobody() {
    WebhookEndpoint endpoint =
        endpoint(new WebhookExtensions(List.of(), List.of(listener("a", false)), observer(0)));
    try (LoggedEvents log = LoggedEvents.of(WebhookEndpoint.class).alone()) {
      Trial trial = endpoint.explain(REQUEST, new byte[0], null);
      assertThat(Objects.requireNonNull(trial.answer()).status()).isEqualTo(410);
      assertThat(told).isEmpty();

      endpoint.replay(REQUEST, new byte[0], 7, (trigger, check) -> new SignatureScheme.Valid(null));
      assertThat(told).containsExactly("observer7", "a410");
      assertThat(log.messages()).hasSize(1);
    }
    endpoint.close();
  }

  @Test
  void whenAnObserverWantsTheBeginningOfABodyThenItHasNoMoreThanThat() {
    byte[] body = "abc".getBytes(StandardCharsets.UTF_8);
    WebhookExtensions none = WebhookExtensions.none();

    assertThat(endpoint(none).seenBy(body)).isNull();
    assertThat(endpoint(none.withObserver(observer(0))).seenBy(body)).isNull();
    assertThat(endpoint(none.withObserver(observer(2))).seenBy(body)).asString().isEqualTo("ab");
    assertThat(endpoint(none.withObserver(observer(9))).seenBy(body)).asString().isEqualTo("abc");
    assertThat(endpoint(none).isJournaled()).isFalse();
    assertThat(endpoint(none.withObserver(observer(0))).isJournaled()).isTrue();
    assertThat(endpoint(none).isTraced()).isFalse();
    assertThat(endpoint(none).span(REQUEST)).isSameAs(Tracing.OFF_SPAN);
  }

  @Test
  void whenAnEngineHasNoConnectorThenItHasNoEndpoint() {
    ProcessEngineConfigurationImpl without = PlainEngines.configuration();
    without.setEnableConfiguratorServiceLoader(false);
    ProcessEngine engine = without.buildProcessEngine();
    try {
      assertThatThrownBy(() -> WebhookEndpoint.of(engine))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("This engine has no REST connector");
    } finally {
      engine.close();
    }
  }
}
