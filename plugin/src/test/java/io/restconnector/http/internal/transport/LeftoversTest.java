package io.restconnector.http.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeftoversTest {

  private static final int CHUNKED = -2;

  private record Body(int length) implements EntityDetails {
    @Override
    public long getContentLength() {
      return length;
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }

    @Override
    public @Nullable String getContentEncoding() {
      return null;
    }

    @Override
    public boolean isChunked() {
      return length == CHUNKED;
    }

    @Override
    public Set<String> getTrailerNames() {
      return Set.of();
    }
  }

  /** However the bytes are cut into reads. */
  @ParameterizedTest
  @CsvSource({
    "H|N: v||, 0, '', true",
    "H|N: v||, 0, x, false",
    "|H||, 0, '', true",
    "H||, 5, 12345, true",
    "H||, 5, 123456, false",
    "H||, 5, ||x, true",
    "H||, 5, |||||, false",
    "H||, -2, 1|x|0||, true",
    "H||, -2, 1|x|0|T: v||, true",
    "H||, -2, 1|x|0||y, false",
    "H||, -2, 1|x|0|, false",
    "H||, -2, 1|x|0||H|Content-Length: 1||z, false",
    "H||, -1, abc, false",
  })
  void whenAResponseIsCompleteThenItIsKnownWhetherBytesAreLeftOver(
      String head, int length, String rest, boolean clean) {
    byte[] bytes = (head + rest).replace("|", "\r\n").getBytes(ISO_8859_1);
    int headLength = head.replace("|", "\r\n").length();
    for (int step = 1; step <= bytes.length; step++) {
      Leftovers leftovers = new Leftovers();
      assertThat(leftovers.isClean()).isTrue();
      HttpCoreContext context = HttpCoreContext.create();
      leftovers.begin(context);
      assertThat(Leftovers.of(context)).isSameAs(leftovers);
      assertThat(leftovers.endedUnanswered()).isFalse();
      boolean framed = false;
      for (int at = 0; at < bytes.length; at += step) {
        int n = Math.min(step, bytes.length - at);
        ByteBuffer read = ByteBuffer.allocate(1 + n).put((byte) '\n').put(bytes, at, n);
        leftovers.received(read, 1);
        if (!framed && at + n >= headLength) {
          leftovers.framed(length == 0 ? null : new Body(length));
          framed = true;
        }
      }
      assertThat(leftovers.isClean()).as("reads of %d bytes", step).isEqualTo(clean);
      leftovers.begin(context);
      assertThat(leftovers.endedUnanswered()).isEqualTo(length != -1);
    }
  }
}
