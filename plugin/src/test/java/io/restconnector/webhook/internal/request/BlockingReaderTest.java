package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.ParsingBudget.Permit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bodies that a thread reads. */
class BlockingReaderTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final BlockingReader reader = new BlockingReader();
  private final IncomingBody body =
      new IncomingBody(-1, Integer.MAX_VALUE - 16, true, new IncomingBody.Shared(1_000_000));

  @Test
  void whenABodyIsThereThenItIsReadToItsEnd() throws Exception {
    reader.read(new ByteArrayInputStream(new byte[20_000]), body, LONG);
    assertThat(body.isAtEnd()).isTrue();
    assertThat(body.take()).hasSize(20_000);
  }

  @Test
  void whenTheTimeIsOverThenTheBodyIsRefused() {
    assertThatThrownBy(
            () -> reader.read(new ByteArrayInputStream(new byte[1]), body, Duration.ofNanos(-1)))
        .hasMessage("The body did not arrive in time.");
  }

  @Test
  void whenTheConnectionBreaksThenTheBodyIsRefusedAndDroppingEnds() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("secret");
          }

          @Override
          public int read(byte[] buffer, int start, int length) throws IOException {
            throw new IOException("secret");
          }

          @Override
          public int available() throws IOException {
            throw new IOException("secret");
          }
        };
    assertThatThrownBy(() -> reader.read(broken, body, LONG))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The body is cut short or badly framed.");
    reader.drop(broken, body, LONG);
    assertThat(body.isAtEnd()).isFalse();
  }

  @Test
  void whenBytesAreDroppedThenAtMostSixteenMegabytes() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] buffer, int start, int length) {
            return length;
          }

          @Override
          public int available() {
            return 1;
          }
        };
    reader.drop(endless, body, LONG);
    assertThat((long) body.length()).isEqualTo(BlockingReader.MOST_DROPPED);
  }

  @Test
  void whenMemoryIsThereThenThePermitIsGivenAndElseTheRequestIsRefused() throws Exception {
    CompletableFuture<Permit> permit = new CompletableFuture<>();
    assertThatThrownBy(() -> reader.await(permit, Duration.ofNanos(1)))
        .hasMessageContaining("large requests");
    Permit granted = () -> {};
    permit.complete(granted);
    assertThat(reader.await(permit, LONG)).isSameAs(granted);
  }
}
