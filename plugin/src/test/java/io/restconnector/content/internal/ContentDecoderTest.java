package io.restconnector.content.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecoderTest {

  private static final byte[] TEXT = "text ".repeat(5000).getBytes(UTF_8);

  /** One for all, as on a thread that decodes. */
  private static final Inflater RAW = new Inflater(true);

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
        Arguments.of(List.of("UTF-8"), TEXT),
        Arguments.of(List.of("none", ""), TEXT),
        Arguments.of(List.of("utf-8", "gzip", "none"), gzip),
        Arguments.of(List.of("gzip"), gzip),
        Arguments.of(List.of("X-GZIP"), gzip),
        Arguments.of(List.of("deflate"), deflate(new Deflater())),
        Arguments.of(List.of("deflate"), deflate(new Deflater(9, true))),
        Arguments.of(List.of("gzip", "deflate"), code(gzip, DeflaterOutputStream::new)));
  }

  @ParameterizedTest
  @MethodSource("codings")
  void whenCodingIsKnownThenItIsUndone(List<String> codings, byte[] coded) throws IOException {
    assertThat(decode(coded, codings, TEXT.length)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "compress", "aws-chunked", "utf-16", "s3cret"})
  void whenCodingIsNotKnownThenTheFailureDoesNotNameIt(String coding) throws IOException {
    for (List<String> codings : List.of(List.of(coding), List.of("gzip", coding))) {
      assertThatThrownBy(() -> decode(TEXT, codings, TEXT.length))
          .isInstanceOf(UnsupportedCodingException.class)
          .hasMessage("a content coding that is not supported");
      assertThat(decode(new byte[0], codings, 1)).isEmpty();
    }
  }

  @Test
  void whenDecodedIsOneByteOverTheLimitThenTooLarge() throws IOException {
    byte[] coded = code(TEXT, GZIPOutputStream::new);
    assertThatThrownBy(() -> decode(coded, List.of("gzip"), TEXT.length - 1))
        .isInstanceOf(ResponseTooLargeException.class);
  }

  @Test
  void whenGzipHasSeveralMembersAndPaddingThenAllAreJoined() throws IOException {
    byte[] member = code("ab".getBytes(UTF_8), GZIPOutputStream::new);
    byte[] empty = code(new byte[0], GZIPOutputStream::new);
    assertThat(decode(joined(member, empty, member, new byte[512]), List.of("gzip"), 4))
        .asString(UTF_8)
        .isEqualTo("abab");
  }

  @Test
  void whenGzipHeaderHasEveryOptionalFieldThenItIsSkipped() throws IOException {
    byte[] member = code(TEXT, GZIPOutputStream::new);
    byte[] header = {0x1f, (byte) 0x8b, 8, 1 | 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3};
    byte[] fields = {3, 0, 'x', 'y', 'z', 'n', 'a', 0, 'c', 0, 7, 7};
    byte[] rest = Arrays.copyOfRange(member, 10, member.length);
    assertThat(decode(joined(header, fields, rest), List.of("gzip"), TEXT.length)).isEqualTo(TEXT);
    for (int cut = 0; cut < fields.length; cut++) {
      byte[] cutShort = joined(header, Arrays.copyOf(fields, cut));
      assertThatThrownBy(() -> decode(cutShort, List.of("gzip"), TEXT.length))
          .isInstanceOf(ZipException.class);
    }
  }

  @Test
  void whenThereAreAThousandMembersThenDecodedAndWithOneMoreNot() throws IOException {
    byte[] empty = code(new byte[0], GZIPOutputStream::new);
    byte[][] members = Collections.nCopies(1000, empty).toArray(byte[][]::new);
    assertThat(decode(joined(members), List.of("gzip"), 1)).isEmpty();
    byte[] oneMore = joined(joined(members), empty);
    assertThatThrownBy(() -> decode(oneMore, List.of("gzip"), 1)).isInstanceOf(ZipException.class);
    byte[] nested = code(joined(members), GZIPOutputStream::new);
    assertThatThrownBy(() -> decode(nested, List.of("gzip", "gzip"), 100_000))
        .isInstanceOf(ZipException.class);
  }

  static Stream<Arguments> malformed() throws IOException {
    byte[] gzip = code(TEXT, GZIPOutputStream::new);
    Deflater dictionary = new Deflater();
    dictionary.setDictionary("text ".getBytes(UTF_8));
    byte[] wrongChecksum = gzip.clone();
    wrongChecksum[gzip.length - 8]++;
    byte[] wrongLength = gzip.clone();
    wrongLength[gzip.length - 1]++;
    byte[] unknownFlag = gzip.clone();
    unknownFlag[3] = 0x20;
    byte[] wrongMethod = gzip.clone();
    wrongMethod[2] = 7;
    return Stream.of(
        Arguments.of("deflate", deflate(dictionary)),
        Arguments.of("deflate", new byte[] {(byte) 0xff, (byte) 0xfe, 1}),
        Arguments.of("deflate", new byte[] {1}),
        Arguments.of("deflate", Arrays.copyOf(deflate(new Deflater()), 20)),
        Arguments.of("gzip", wrongChecksum),
        Arguments.of("gzip", wrongLength),
        Arguments.of("gzip", unknownFlag),
        Arguments.of("gzip", wrongMethod),
        Arguments.of("gzip", Arrays.copyOf(gzip, gzip.length - 1)),
        Arguments.of("gzip", Arrays.copyOf(gzip, 9)),
        Arguments.of("gzip", joined(gzip, Arrays.copyOf(gzip, 12))),
        Arguments.of("gzip", TEXT),
        Arguments.of("br", TEXT));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whenBodyIsNotInItsCodingThenUndecodable(String coding, byte[] coded) {
    assertThatThrownBy(() -> decode(coded, List.of(coding), 10L * TEXT.length))
        .isInstanceOf(ZipException.class)
        .hasMessageNotContaining(coding.equals("br") ? "br" : "text");
  }

  @Test
  void whenNobodyWaitsThenDecodingEnds() throws IOException {
    byte[] coded = code(TEXT, GZIPOutputStream::new);
    CompletableFuture<Void> over = CompletableFuture.completedFuture(null);
    Bytes bytes = new Bytes(coded, coded.length);
    assertThatThrownBy(() -> ContentDecoder.decode(bytes, List.of("gzip"), TEXT.length, over, RAW))
        .isInstanceOf(InterruptedIOException.class);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] decode(byte[] coded, List<String> codings, long limit) throws IOException {
    Bytes decoded =
        ContentDecoder.decode(
            new Bytes(coded, coded.length), codings, limit, new CompletableFuture<>(), RAW);
    return Arrays.copyOf(decoded.array(), decoded.length());
  }
}
