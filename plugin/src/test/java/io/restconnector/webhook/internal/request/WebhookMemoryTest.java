package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.OtherJvm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that take many times their length in memory, many at once, against a small JVM. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookMemoryTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data; boundary=x";
  private static final int LENGTH = 1024 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private OtherJvm node;
  private String port;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    node = SmallNode.start(directory);
    port = node.awaitReady();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  static Stream<Arguments> bodies() {
    String deep = "[".repeat(490) + "]".repeat(490);
    return Stream.of(
        Arguments.of("empty objects", 32, JSON, array("{},")),
        Arguments.of("objects in objects", 32, JSON, array("{\"\":{}},")),
        Arguments.of("arrays in arrays", 32, JSON, array(deep + ",")),
        Arguments.of("numbers", 32, JSON, array("1e1,")),
        Arguments.of("texts", 32, JSON, array("\"a\",")),
        Arguments.of(
            "many names", 32, JSON, fill("{", i -> "\"" + name(i) + "\":{},", "\"\":0}", LENGTH)),
        Arguments.of("escapes", 32, JSON, fill("\"", i -> "\\u4e00", "\"", LENGTH)),
        Arguments.of("one field", 32, FORM, fill("", i -> "a&", "", LENGTH)),
        Arguments.of("many fields", 32, FORM, fill("", i -> name(i) + "&", "", LENGTH)),
        Arguments.of(
            "many parts",
            32,
            MULTIPART,
            fill(
                "",
                i -> "--x\r\nContent-Disposition:;name=" + name(i) + ";filename=\r\n\r\n\r\n",
                "--x--",
                LENGTH)),
        Arguments.of("text", 200, "text/plain", fill("", i -> "a", "\u4e00", LENGTH)),
        Arguments.of("bytes", 200, "application/octet-stream", fill("", i -> "a", "", LENGTH)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void whenManyLargeBodiesComeAtOnceThenTheNodeLivesAndSmallOnesDoNotNotice(
      String name, int requests, String type, byte[] body) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> large = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      large.add(post(type, body));
    }
    List<CompletableFuture<HttpResponse<String>>> small = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      small.add(post(JSON, "[{}]".getBytes(StandardCharsets.UTF_8)));
    }

    assertThat(statuses(small)).containsOnly(200);
    assertThat(statuses(large)).contains(200).isSubsetOf(200, 503);
    assertThat(statuses(List.of(post(JSON, "{}".getBytes(StandardCharsets.UTF_8)))))
        .containsExactly(200);
    assertThat(statuses(List.of(post(type, body)))).containsExactly(200);
    assertThat(String.join("\n", node.output())).doesNotContain("OutOfMemoryError");
  }

  private static byte[] array(String element) {
    return fill("[", i -> element, "0]", LENGTH);
  }

  private static String name(int number) {
    return Integer.toString(number, Character.MAX_RADIX);
  }

  /** Text of a length in bytes, no more. */
  private static byte[] fill(String start, IntFunction<String> part, String end, int length) {
    StringBuilder text = new StringBuilder(start);
    for (int i = 0; text.length() + part.apply(i).length() + end.length() * 3 <= length; i++) {
      text.append(part.apply(i));
    }
    return text.append(end).toString().getBytes(StandardCharsets.UTF_8);
  }

  private CompletableFuture<HttpResponse<String>> post(String type, byte[] body) {
    return client.sendAsync(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%s/rest-connector/events/held".formatted(port)))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static List<Integer> statuses(List<CompletableFuture<HttpResponse<String>>> answers)
      throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      statuses.add(answer.get(2, TimeUnit.MINUTES).statusCode());
    }
    return statuses;
  }
}
