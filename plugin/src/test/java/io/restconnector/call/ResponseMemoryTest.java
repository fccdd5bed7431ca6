package io.restconnector.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.OtherJvm;
import io.restconnector.fixtures.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No response, and no number of them at once, takes more memory than a JVM of 400 MB has. All are
 * answered, some after they have waited for their turn.
 */
@Tag("cluster")
class ResponseMemoryTest {

  private static final int MEGABYTE = 1_000_000;

  record Shape(String name, String head, String body, int instances, String process) {
    @Override
    public String toString() {
      return instances + " " + process + ": " + name;
    }
  }

  private static String json(String element, int length) {
    return "[" + (element + ",").repeat(length / (element.length() + 1)) + element + "]";
  }

  static Stream<Shape> shapes() {
    String type = "200 OK\r\nContent-Type: application/json";
    String objects = json("{}", MEGABYTE);
    StringBuilder names = new StringBuilder("{\"n\":1");
    for (int i = 0; names.length() < MEGABYTE; i++) {
      names.append(",\"name-").append(i).append("\":1");
    }
    return Stream.of(
        new Shape("a megabyte of objects", type, objects, 32, "delegate"),
        new Shape("a megabyte of objects", type, objects, 32, "worker"),
        new Shape("a megabyte of objects, two in one transaction", type, objects, 12, "twice"),
        new Shape("ten megabytes of objects", type, json("{}", 10 * MEGABYTE), 1, "mapped"),
        // The engine copies the tree of a variable, and writes it as text.
        new Shape("seven megabytes of objects", type, json("{}", 7 * MEGABYTE), 1, "delegate"),
        new Shape("ten megabytes of objects", type, json("{}", 10 * MEGABYTE), 6, "mapped"),
        new Shape("a megabyte of arrays", type, json("[[[[]]]]", MEGABYTE), 32, "delegate"),
        new Shape("a megabyte of numbers", type, json("1", MEGABYTE), 32, "worker"),
        new Shape("a megabyte of names", type, names + "}", 32, "delegate"),
        new Shape(
            "five kilobytes that become five megabytes of objects",
            type + "\r\nContent-Encoding: gzip",
            gzip(json("{}", 5 * MEGABYTE)),
            16,
            "worker"),
        new Shape(
            "ten megabytes of bytes",
            "200 OK\r\nContent-Type: application/octet-stream",
            "x".repeat(10 * MEGABYTE),
            24,
            "mapped"),
        new Shape(
            "200 KB of headers",
            type + ("\r\nX: " + "y".repeat(2000)).repeat(100),
            "[]",
            64,
            "delegate"),
        new Shape("small bodies", type, json("{}", 1000), 64, "worker"));
  }

  private static String gzip(String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(ISO_8859_1));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toString(ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whenResponsesWantMoreMemoryThanThereIsThenEachHasItsTurn(Shape shape) throws Exception {
    byte[] response = RawServer.response(shape.head(), shape.body()).getBytes(ISO_8859_1);
    try (RawServer server =
            RawServer.start(
                peer -> {
                  while (peer.readRequest().isPresent()) {
                    peer.send(response);
                  }
                });
        RawServer healthy = RawServer.answering(RawServer.response("200 OK", "ok"));
        OtherJvm node =
            OtherJvm.start(
                List.of("-Xmx400m", "-XX:+ExitOnOutOfMemoryError"),
                ResponseMemoryNode.class,
                server.url("/"),
                healthy.url("/"),
                String.valueOf(shape.instances()),
                shape.process())) {
      assertThat(node.awaitReady().split(" "))
          .containsExactlyElementsOf(Collections.nCopies(shape.instances() + 1, "none"));
    }
  }
}
