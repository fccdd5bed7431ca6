package io.restconnector.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.request.BlockingReader;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The time in which a body comes in and no thread waits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrivalTest {

  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private final WebhookEngine patient =
      WebhookEngine.with(WebhookSettings.defaults().withBodyTimeout(Duration.ofMinutes(5)));
  private final AtomicInteger answerable = new AtomicInteger();
  private final AtomicInteger early = new AtomicInteger();

  ArrivalTest() {
    patient.deploy(
        "open.channel",
        WebhookEngine.channel(
            "open", "open", "\"maxBodySize\": 10, \"action\": {\"type\": \"none\"}"));
  }

  @AfterAll
  void close() {
    patient.close();
  }

  private Arrival arrival(long length) {
    answerable.set(0);
    early.set(0);
    Reception reception =
        WebhookEndpoint.of(patient.engine)
            .receive(
                new WebhookRequest(
                    "POST", "open", null, Map.of("content-type", List.of("application/json"))),
                length);
    Arrival arrival = new Arrival(reception, answerable::incrementAndGet, early::incrementAndGet);
    arrival.start();
    return arrival;
  }

  @Test
  void whenTheBodyHasComeThenTheRequestCanBeAnsweredOnce() {
    Arrival arrival = arrival(2);
    assertThat(arrival.isAwaited()).isTrue();
    arrival.add(BODY, 2);
    assertThat(answerable).hasValue(0);
    arrival.end();
    await().atMost(30, TimeUnit.SECONDS).until(() -> answerable.get() == 1);

    assertThat(arrival.isAwaited()).isFalse();
    assertThat(arrival.isAtEnd()).isTrue();
    assertThat(arrival.abort(RefusedException.timedOut())).isFalse(); // too late
    assertThat(arrival.answer().status()).isEqualTo(200);
    assertThat(arrival.awaited()).isNull();
    assertThat(early).hasValue(0);
  }

  @Test
  void whenTheBodyIsTooLargeThenTheAnswerComesEarlyAndTheRestIsReadUpToAMeasure() throws Exception {
    Arrival arrival = arrival(-1);
    arrival.add(new byte[11], 11);
    await().atMost(30, TimeUnit.SECONDS).until(() -> early.get() == 1);

    assertThat(answerable).hasValue(0);
    assertThat(arrival.isAwaited()).isTrue();
    assertThat(arrival.answer().status()).isEqualTo(413);
    byte[] more = new byte[BlockingReader.BUFFER];
    for (long read = 0; read <= BlockingReader.MOST_DROPPED; read += more.length) {
      arrival.add(more, more.length);
    }
    assertThat(arrival.isAwaited()).isFalse();
    CountDownLatch closed = new CountDownLatch(1);
    arrival.linger(closed::countDown);
    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(early).hasValue(1);
  }

  @Test
  void whenTheSenderIsGoneThenTheCallerAnswersAndNobodyElse() {
    Arrival arrival = arrival(2);

    assertThat(arrival.abort(RefusedException.timedOut())).isTrue();
    arrival.end();
    assertThat(arrival.isAwaited()).isFalse();
    assertThat(arrival.answer().status()).isEqualTo(408);
    assertThat(answerable).hasValue(0);
    assertThat(early).hasValue(0);
  }

  @Test
  void whenTheBodyIsNotWantedOnceItIsThereThenTheRequestCanBeAnswered() {
    Arrival arrival = arrival(0);
    arrival.refuse(RefusedException.badRequest("d"));
    await().atMost(30, TimeUnit.SECONDS).until(() -> answerable.get() + early.get() == 1);

    assertThat(answerable.get() == 1).isEqualTo(arrival.isAtEnd());
    assertThat(arrival.answer().status()).isEqualTo(400);
  }
}
