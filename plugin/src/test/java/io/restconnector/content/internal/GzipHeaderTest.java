package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.zip.ZipException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1952 §2.3. */
class GzipHeaderTest {

  private static GzipHeader header(String hex) {
    byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
    return new GzipHeader(new Bytes(data, data.length));
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b08 00 00000000 0000, 10",
    "1f8b08 01 00000000 0000 ff, 10",
    "1f8b08 02 00000000 0000 1234, 12",
    "1f8b08 04 00000000 0000 0300 aabbcc, 15",
    "1f8b08 08 00000000 0000 6162 00, 13",
    "1f8b08 10 00000000 0000 00, 11",
    "1f8b08 1e 00000000 0000 0100 ff 6100 6200 1234, 19"
  })
  void whenFlagsNameFieldsThenTheDataStartsBehindThem(String hex, int end) throws Exception {
    assertThat(header(hex).endOf(0)).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b08 20 00000000 0000, unknown flags",
    "1f8b08 80 00000000 0000, unknown flags",
    "1f8b08 02 00000000 0000 12, cut short",
    "1f8b08 04 00000000 0000 03, cut short",
    "1f8b08 04 00000000 0000 0300 aabb, cut short",
    "1f8b08 04 00000000 0000 0001, cut short",
    "1f8b08 08 00000000 0000 6162, cut short",
    "1f8b08 00 00000000 00, no gzip data",
    "1f8b07 00 00000000 0000, no gzip data",
    "1f8c08 00 00000000 0000, no gzip data",
    "1f8b, no gzip data"
  })
  void whenAHeaderIsNoneThenItIsRefused(String hex, String problem) {
    assertThatThrownBy(() -> header(hex).endOf(0))
        .isInstanceOf(ZipException.class)
        .hasMessageContaining(problem);
  }
}
