package io.restconnector.http.internal.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecodersTest {

  @Test
  void whenTheyCloseThenWhatWaitedForAThreadIsDoneAllTheSame() {
    Decoders decoders = new Decoders();
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    AtomicInteger busy = new AtomicInteger();
    for (int i = 0; i < threads; i++) {
      decoders.execute(
          () -> {
            busy.incrementAndGet();
            awaitInterrupt();
          });
    }
    await().until(() -> busy.get() == threads);
    CompletableFuture<String> answer = new CompletableFuture<>();
    decoders.execute(() -> answer.complete("known"));

    decoders.close();

    assertThat(answer).isCompletedWithValue("known");
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
