package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitTest {

  private static final String LIMITED = "\"rateLimit\": {\"limit\": 2, \"period\": \"PT1H\"}, ";
  private static final String NONE = "\"action\": {\"type\": \"none\"}";

  private WebhookEngine engine;

  @BeforeAll
  void start() {
    engine = WebhookEngine.with(Map.of("token", Secret.of("open sesame")));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenPeriodEndsThenLimitBeginsAnew() {
    AtomicLong clock = new AtomicLong();
    RateLimit limit = new RateLimit(2, Duration.ofSeconds(10), clock::get);

    assertThat(limit.acquire()).isZero();
    assertThat(limit.acquire()).isZero();
    assertThat(limit.acquire()).isEqualTo(Duration.ofSeconds(10));
    clock.set(Duration.ofSeconds(7).toNanos());
    assertThat(limit.acquire()).isEqualTo(Duration.ofSeconds(3));
    clock.set(Duration.ofSeconds(10).toNanos());
    assertThat(limit.acquire()).isZero();
    assertThat(limit.acquire()).isZero();
    assertThat(limit.acquire()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whenLimitIsReachedThenAnswerSaysWhenToComeBackAndBodyIsNotRead() throws IOException {
    deploy("busy", "busy", LIMITED + NONE);
    post("busy");
    post("busy");
    InputStream unreadable = InputStream.nullInputStream();
    unreadable.close();

    WebhookResponse answer =
        WebhookEndpoint.of(engine.engine)
            .answer(new WebhookRequest("POST", "busy", null, Map.of()), 5, unreadable);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(Integer.parseInt(answer.headers().getOrDefault("Retry-After", "0")))
        .isBetween(3000, 3600);
  }

  @Test
  void whenOneTriggerOnThePathIsLimitedThenTheOtherGoesOn() {
    deploy("aLimited", "two", LIMITED + "\"status\": 201, " + NONE);
    deploy("bFree", "two", "\"params\": {\"free\": \"yes\"}, \"status\": 202, " + NONE);

    assertThat(List.of(post("two?free=yes"), post("two?free=yes"), post("two?free=yes")))
        .containsExactly(201, 201, 202);
    // It might have been for the limited one.
    assertThat(post("two")).isEqualTo(429);
  }

  @Test
  void whenRequestIsForAnotherTriggerByItsHeadersThenItDoesNotCount() {
    deploy("pushes", "events", LIMITED + "\"headers\": {\"X-Event\": \"push\"}, " + NONE);
    deploy("others", "events", "\"headers\": {\"X-Event\": \"other\"}, " + NONE);
    Map<String, String> other = Map.of("x-event", "other");
    for (int i = 0; i < 5; i++) {
      assertThat(engine.send("POST", "events", other, null).status()).isEqualTo(200);
    }

    assertThat(engine.send("POST", "events", Map.of("x-event", "push"), null).status())
        .isEqualTo(200);
    assertThat(post("events")).isEqualTo(404);
  }

  @Test
  void whenCredentialsAreWrongThenRequestDoesNotCount() {
    deploy(
        "known",
        "known",
        LIMITED + "\"authentication\": {\"type\": \"bearer\", \"secret\": \"token\"}, " + NONE);
    for (int i = 0; i < 5; i++) {
      assertThat(post("known")).isEqualTo(401);
    }

    Map<String, String> token = Map.of("authorization", "Bearer open sesame");
    assertThat(engine.send("POST", "known", token, null).status()).isEqualTo(200);
  }

  @Test
  void whenChannelIsDeployedAgainUnchangedTriggersKeepTheirCount() {
    deploy("kept", "kept", LIMITED + NONE);
    post("kept");
    post("kept");
    deploy("unrelated", "unrelated", NONE);

    assertThat(post("kept")).isEqualTo(429);
  }

  private int post(String pathAndQuery) {
    return engine.send("POST", pathAndQuery, Map.of(), null).status();
  }

  private void deploy(String key, String path, String properties) {
    engine.deploy(key + ".channel", WebhookEngine.channel(key, path, properties));
  }
}
