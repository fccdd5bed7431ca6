package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The bytes of one body, bounded alone and with all others. */
class IncomingBodyTest {

  private static final int FREE = 8 * 1024;

  private final IncomingBody.Shared shared = new IncomingBody.Shared(1_000);

  @Test
  void whenBytesComeInPiecesThenTheyAreCopiedInOrder() throws Exception {
    IncomingBody body = new IncomingBody(3, 10, true, shared);
    byte[] buffer = {1, 2, 9};
    body.add(buffer, 2);
    assertThat(body.isAtEnd()).isFalse();
    buffer[0] = 3;
    body.add(buffer, 1);

    assertThat(body.isAtEnd()).isTrue();
    assertThat(body.take()).containsExactly(1, 2, 3);
    assertThat(body.length()).isEqualTo(3);
  }

  @Test
  void whenTheLengthIsNotDeclaredThenTheEndIsTheEnd() throws Exception {
    IncomingBody body = new IncomingBody(-1, 10, true, shared);
    body.add(new byte[1], 1);
    assertThat(body.isAtEnd()).isFalse();
    body.end();

    assertThat(body.isAtEnd()).isTrue();
    assertThat(body.take()).hasSize(1);
    assertThat(new IncomingBody(0, 10, true, shared).isAtEnd()).isTrue();
  }

  @Test
  void whenABodyIsCutShortOrTooLongThenItIsRefused() throws Exception {
    IncomingBody body = new IncomingBody(5, 6, true, shared);
    body.add(new byte[4], 4);

    assertThatThrownBy(body::take).hasMessage("The body is cut short.");
    assertThatThrownBy(() -> body.add(new byte[3], 3)).hasMessageContaining("larger than 6 bytes");
  }

  @Test
  void whenAllBodiesTogetherAreTooLongThenOneIsRefusedUntilAnotherIsClosed() throws Exception {
    IncomingBody first = new IncomingBody(-1, 100_000, true, shared);
    first.add(new byte[FREE], FREE); // counts for nothing
    first.add(new byte[1_000], 1_000);
    IncomingBody second = new IncomingBody(-1, 100_000, true, shared);
    second.add(new byte[FREE], FREE);

    assertThatThrownBy(() -> second.add(new byte[1], 1)).hasMessageContaining("large requests");
    first.close();
    first.close(); // gives back once
    IncomingBody third = new IncomingBody(-1, 100_000, true, shared);
    third.add(new byte[FREE], FREE);
    third.add(new byte[1_000], 1_000);
    assertThatThrownBy(() -> third.add(new byte[1], 1)).isInstanceOf(RefusedException.class);
  }

  @Test
  void whenBytesAreNotWantedThenTheyAreCountedAndNotKept() throws Exception {
    IncomingBody body = new IncomingBody(FREE + 2_000, 100_000, false, shared);
    body.add(new byte[FREE], FREE);
    assertThat(body.drop(1_999)).isEqualTo(1_999);
    assertThat(body.isAtEnd()).isFalse();
    assertThat(body.drop(1)).isEqualTo(1);
    assertThat(body.isAtEnd()).isTrue();
    assertThat(body.drop(-1)).isZero();
  }
}
