package io.restconnector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentDecoderTest {

  private static final byte[] TEXT = "text ".repeat(5000).getBytes(UTF_8);

  private interface Coder {
    OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] code(byte[] content, Coder coder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = coder.over(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(Deflater deflater) throws IOException {
    return code(TEXT, out -> new DeflaterOutputStream(out, deflater));
  }

  static Stream<Arguments> codings() throws IOException {
    byte[] gzip = code(TEXT, GZIPOutputStream::new);
    return Stream.of(
        Arguments.of(List.of(), TEXT),
        Arguments.of(List.of("identity"), TEXT),
        Arguments.of(List.of("gzip"), gzip),
        Arguments.of(List.of("X-GZIP"), gzip),
        Arguments.of(List.of("deflate"), deflate(new Deflater())),
        Arguments.of(List.of("deflate"), deflate(new Deflater(9, true))),
        Arguments.of(List.of("gzip", "deflate"), code(gzip, DeflaterOutputStream::new)));
  }

  @ParameterizedTest
  @MethodSource("codings")
  void whenCodingIsKnownThenItIsUndone(List<String> codings, byte[] coded) throws IOException {
    ByteArrayBuffer decoded = ContentDecoder.decode(buffer(coded), codings, TEXT.length);
    assertThat(decoded.toByteArray()).isEqualTo(TEXT);
  }

  @Test
  void whenDecodedIsOneByteOverTheLimitThenTooLarge() throws IOException {
    ByteArrayBuffer coded = buffer(code(TEXT, GZIPOutputStream::new));
    assertThatThrownBy(() -> ContentDecoder.decode(coded, List.of("gzip"), TEXT.length - 1))
        .isInstanceOf(ResponseTooLargeException.class);
  }

  @Test
  void whenDeflateNeedsADictionaryThenUndecodable() throws IOException {
    Deflater deflater = new Deflater();
    deflater.setDictionary("text ".getBytes(UTF_8));
    ByteArrayBuffer coded = buffer(deflate(deflater));
    assertThatThrownBy(() -> ContentDecoder.decode(coded, List.of("deflate"), TEXT.length))
        .isInstanceOf(ZipException.class);
  }

  private static ByteArrayBuffer buffer(byte[] content) {
    ByteArrayBuffer buffer = new ByteArrayBuffer(content.length);
    buffer.append(content, 0, content.length);
    return buffer;
  }
}
