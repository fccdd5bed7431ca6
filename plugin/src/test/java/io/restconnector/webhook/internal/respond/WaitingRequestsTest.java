package io.restconnector.webhook.internal.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingRequestsTest {

  @Test
  void whenALookEndsWithAnErrorThenTheNextOneFindsTheAnswer() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (WaitingRequests waiting =
        new WaitingRequests(
            ids -> {
              if (looks.getAndIncrement() == 0) {
                throw new StackOverflowError();
              }
              return ids;
            })) {
      waiting.await("one").get(30, TimeUnit.SECONDS);
    }
    assertThat(looks).hasValueGreaterThan(1);
  }

  @Test
  void whenItIsClosedThenNobodyWaitsAnyLonger() throws Exception {
    CompletableFuture<@Nullable Void> one;
    try (WaitingRequests waiting = new WaitingRequests(ids -> List.of())) {
      one = waiting.await("one");
    }
    one.get(30, TimeUnit.SECONDS);
  }
}
