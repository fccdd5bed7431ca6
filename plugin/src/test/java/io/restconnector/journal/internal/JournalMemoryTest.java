package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnector;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.internal.Redaction;
import io.restconnector.http.internal.chain.CallChain;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.journal.JournalSettings;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import io.restconnector.webhook.WebhookEngine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entries are made where the journal meets calls and requests, without a network. */
class JournalMemoryTest {

  private static final long KIBI = 1024;

  private static NodeJournal journal(int size) {
    return new NodeJournal(
        JournalSettings.defaults().withSize(size),
        AccessSettings.defaults(),
        () -> Redaction.of(List.of()));
  }

  /** Failed, with texts of its own for all that an entry holds, and a body that it must not. */
  private static void call(NodeJournal journal, int number) {
    RestRequest request =
        new RestRequest(
                "POST",
                URI.create("https://partner.example.com/api/v2/orders/" + number + "/lines?a=b"),
                List.of(new BasicHeader("X-Order", "o" + number)),
                new byte[2_000],
                Duration.ofSeconds(30),
                false,
                "partner",
                RetrySettings.defaults())
            .from(
                new CallSource(
                    CallSource.Kind.WORKER,
                    "placeOrder",
                    "placeOrder:3:4711",
                    "11111111-2222-3333-4444-" + (100_000_000_000L + number),
                    "askPartner",
                    null));
    CallInterceptor network =
        chain -> {
          CallChain.of(chain).context().attempt(chain.request()).connected();
          return CompletableFuture.completedFuture(
              new CallOutcome.Response(503, List.of(), new byte[2_000], 2_000));
        };
    CallOutcome outcome =
        CallChain.start(
                List.of(journal.ofCalls(), network),
                request,
                Identity.anonymous(""),
                new CallContext(request, SendPermit.ALWAYS, new Object()))
            .join();
    assertThat(outcome).isNotNull();
  }

  /** After garbage was collected, as often as it takes for nothing more to go. */
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static void fill(int count, IntConsumer entry) {
    for (int i = 0; i < count; i++) {
      entry.accept(i);
    }
  }

  @Test
  void whenThereAreManyCallsThenEachTakesLessThanOneKibibyte() {
    NodeJournal journal = journal(20_000);
    fill(100, i -> call(journal, i)); // what is loaded only once
    long before = used();
    fill(20_000, i -> call(journal, i));
    assertThat((used() - before) / 20_000).isLessThan(KIBI);
    assertThat(journal.calls()).hasSize(20_000);
  }

  @Test
  void whenThereAreManyRequestsThenEachTakesLessThanOneKibibyte() {
    int count = 10_000;
    try (WebhookEngine engine =
        WebhookEngine.with(
            RestConnectorSettings.defaults()
                .withJournal(JournalSettings.defaults().withSize(count)))) {
      String properties = "\"condition\": \"${body.a == 0}\", \"action\": {\"type\": \"none\"}";
      engine.deploy(
          "a.channel", WebhookEngine.channel("a", "payments/{id}", properties),
          "b.channel", WebhookEngine.channel("b", "payments/{id}", properties));
      fill(500, i -> engine.post("payments/A-" + i, "{\"a\": 1}"));
      long before = used();
      fill(count, i -> engine.post("payments/A-" + i, "{\"a\": 1}"));
      assertThat((used() - before) / (count - 500)).isLessThan(KIBI);
      assertThat(RestConnector.of(engine.engine).journal().requests()).hasSize(count);
    }
  }

  @Test
  @Tag("cluster")
  void whenAMillionCallsHaveBeenMadeThenNoMoreMemoryIsUsedThanAfterAThousand() {
    NodeJournal journal = journal(1_000);
    fill(1_000, i -> call(journal, i));
    long afterAThousand = used();
    fill(1_000_000, i -> call(journal, i));
    assertThat(used() - afterAThousand).isLessThan(100 * KIBI);
    assertThat(journal.calls()).hasSize(1_000);
  }
}
