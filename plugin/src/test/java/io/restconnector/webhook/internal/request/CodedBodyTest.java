package io.restconnector.webhook.internal.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies with a content coding, and bodies that are too large for a trigger. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodedBodyTest {

  private static final byte[] JSON = "{\"a\":\"é\"}".getBytes(UTF_8);
  private static final byte[] EMPTY_MEMBER = gzip(new byte[0]);
  private static final String NONE = "\"action\": {\"type\": \"none\"}, ";

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  CodedBodyTest() {
    engine.deploy(
        "echo.channel",
        WebhookEngine.channel("echo", "echo", NONE + "\"body\": \"${body}\""),
        "small.channel",
        WebhookEngine.channel("small", "small", NONE + "\"maxBodySize\": \"1KB\", \"status\": 202"),
        "mixedA.channel",
        WebhookEngine.channel("mixedA", "mixed", NONE + "\"maxBodySize\": 1024, \"status\": 201"),
        "mixedB.channel",
        WebhookEngine.channel(
            "mixedB", "mixed", NONE + "\"maxBodySize\": \"2KB\", \"status\": 202"));
  }

  @AfterAll
  void close() {
    engine.close();
  }

  static Stream<Arguments> codedBodies() {
    byte[] gzip = gzip(JSON);
    byte[] bomb = gzip(new byte[1024 * 1024 + 1]);
    return Stream.of(
        Arguments.of("gzip", gzip, 200, "é"),
        Arguments.of("GZip", gzip, 200, "é"),
        Arguments.of("x-gzip", gzip, 200, "é"),
        Arguments.of("deflate", deflate(JSON, false), 200, "é"),
        Arguments.of("deflate", deflate(JSON, true), 200, "é"),
        Arguments.of("identity", JSON, 200, "é"),
        Arguments.of("utf-8", JSON, 200, "é"),
        Arguments.of("none", JSON, 200, "é"),
        Arguments.of("", JSON, 200, "é"),
        Arguments.of("gzip, gzip", gzip(gzip), 200, "é"),
        Arguments.of("deflate,gzip", gzip(deflate(JSON, false)), 200, "é"),
        Arguments.of("identity, gzip", gzip, 200, "é"),
        Arguments.of("gzip", joined(gzip(Arrays.copyOf(JSON, 3)), gzip(from(JSON, 3))), 200, "é"),
        Arguments.of("gzip", joined(gzip, EMPTY_MEMBER), 200, "é"),
        Arguments.of("gzip", joined(gzip, new byte[64]), 200, "é"),
        Arguments.of("gzip", new byte[0], 200, "null"),
        Arguments.of("gzip", EMPTY_MEMBER, 200, "null"),
        Arguments.of("br", JSON, 415, "Content-Encoding"),
        Arguments.of("zstd", JSON, 415, "Content-Encoding"),
        Arguments.of("compress", JSON, 415, "Content-Encoding"),
        Arguments.of("aes128gcm", JSON, 415, "Content-Encoding"),
        Arguments.of("base64", JSON, 415, "Content-Encoding"),
        Arguments.of("gzip, br", gzip, 415, "Content-Encoding"),
        Arguments.of("br, gzip", gzip, 415, "Content-Encoding"),
        Arguments.of("gzip;q=1", gzip, 415, "Content-Encoding"),
        Arguments.of("gzip,gzip,gzip,gzip,gzip", gzip, 415, "Content-Encoding"),
        Arguments.of("gzip", JSON, 400, "not in its Content-Encoding: no gzip data"),
        Arguments.of("gzip", Arrays.copyOf(gzip, gzip.length - 9), 400, "not in its Content-"),
        Arguments.of("gzip", Arrays.copyOf(gzip, gzip.length - 1), 400, "wrong length or"),
        Arguments.of("gzip", Arrays.copyOf(gzip, 5), 400, "not in its Content-Encoding"),
        Arguments.of("deflate", JSON, 400, "not in its Content-Encoding"),
        Arguments.of("deflate", Arrays.copyOf(deflate(JSON, false), 6), 400, "cut short"),
        Arguments.of("gzip", joined(members(1001)), 400, "too many gzip members"),
        Arguments.of("gzip", bomb, 413, "1048576"),
        Arguments.of("gzip, gzip", gzip(bomb), 413, "1048576"),
        Arguments.of("gzip", gzip("{".getBytes(UTF_8)), 400, "malformed"));
  }

  @ParameterizedTest(name = "{0} {2} {3}")
  @MethodSource("codedBodies")
  void whenABodyIsCodedThenItIsDecodedOrTheAnswerTellsWhyNot(
      String coding, byte[] body, int status, String expected) {
    WebhookResponse answer = send("echo", coding, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(WebhookEngine.text(answer))
        .contains(expected)
        .doesNotContain("Exception")
        .doesNotContain("aes128gcm");
    if (status == 415) {
      assertThat(answer.headers()).containsEntry("Accept-Encoding", "gzip, deflate");
    }
  }

  @Test
  void whenTheHeaderRepeatsThenItsCodingsAreUndoneInTheirOrder() {
    WebhookResponse answer =
        engine.sendBytes(
            "POST",
            "echo",
            Map.of(
                "content-type", List.of("application/json"),
                "content-encoding", List.of("deflate", "gzip")),
            gzip(deflate(JSON, false)));

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "small, 1024, 202",
    "small, 1025, 413",
    "small, 100000, 413",
    "mixed, 1024, 201",
    "mixed, 1025, 202",
    "mixed, 2048, 202",
    "mixed, 2049, 413",
    "echo, 100000, 200"
  })
  void whenATriggerHasALimitOfItsOwnThenItTakesNoLongerBody(String path, int length, int status) {
    byte[] body = ("\"" + "a".repeat(length - 2) + "\"").getBytes(UTF_8);

    WebhookResponse plain = send(path, "identity", body);

    assertThat(plain.status()).isEqualTo(status);
    assertThat(send(path, "gzip", gzip(body)).status()).isEqualTo(status);
    if (status == 413) {
      assertThat(WebhookEngine.text(plain)).contains(path.equals("small") ? "1024" : "2048");
    }
  }

  private WebhookResponse send(String path, String coding, byte[] body) {
    return engine.sendBytes(
        "POST",
        path,
        Map.of("content-type", List.of("application/json"), "content-encoding", List.of(coding)),
        body);
  }

  private static byte[] gzip(byte[] bytes) {
    return written(
        bytes,
        out -> {
          try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
          }
        });
  }

  private static byte[] deflate(byte[] bytes, boolean isRaw) {
    return written(
        bytes,
        out -> {
          try (OutputStream deflate =
              new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, isRaw))) {
            deflate.write(bytes);
          }
        });
  }

  private interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  private static byte[] written(byte[] bytes, Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    try {
      writer.writeTo(out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] from(byte[] bytes, int start) {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private static byte[][] members(int count) {
    byte[][] members = new byte[count][];
    Arrays.fill(members, EMPTY_MEMBER);
    return members;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
