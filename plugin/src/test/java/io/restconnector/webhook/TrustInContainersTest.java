package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.webhook.Container.Running;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a trigger believes what, as requests come through real containers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // HTTP lines end with CRLF
class TrustInContainersTest {

  private static final String KEY = "k1";
  private static final String HOST = "shop.example:8443";
  private static final String PATH = "/rest-connector/events/url/a%20b?b=2&a=%C3%A4&a=&a=1+1";
  private static final int PATIENCE = 30_000;

  private volatile SecretSource vault = name -> Secret.of(KEY);
  private final WebhookEngine engine =
      WebhookEngine.with(
          RestConnectorConfigurator.builder()
              .settings(
                  RestConnectorSettings.defaults()
                      .withWebhooks(WebhookSettings.defaults().withEventNotMatchStatus(404)))
              .secretSource(name -> name.equals("late") ? vault.find(name) : null)
              .webhookListener(
                  outcome -> {
                    throw new IllegalStateException("listener");
                  })
              .webhookListener(
                  outcome -> {
                    throw new AssertionError("listener");
                  })
              .build());
  private final Map<Container, Running> running = new EnumMap<>(Container.class);

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    engine.deploy(
        "url.channel",
        WebhookEngine.channel(
            "url",
            "url/{v}",
            """
            "signature": {"scheme": "hmac", "secret": "late", "header": "X-Sig", "prefix": "v1=",
              "separator": ",", "content": "${method}|${url}|${body}"},
            "action": {"type": "none"}, "body": "${pathVariables.v}"
            """));
    WebhookServlet servlet = new WebhookServlet(engine.engine);
    for (Container each : Container.values()) {
      running.put(each, each.start(servlet, List.of(), directory.resolve(each.name())));
    }
  }

  @AfterAll
  void stop() {
    running.values().forEach(Running::close);
    engine.close();
  }

  @BeforeEach
  void reset() {
    vault = name -> Secret.of(KEY);
  }

  static Stream<Arguments> claims() {
    String signed = "POST|http://" + HOST + PATH + "|{}";
    String good = "v1=" + sign(KEY, signed);
    return Stream.of(
            claim(200, "X-Sig: " + good),
            claim(200, "x-sig: " + good.replace("v1=", "v0=ab, v1=")),
            claim(200, "X-SIG: v1=00," + good),
            claim(200, "X-Sig: v1=" + sign(KEY, signed).toUpperCase(Locale.ROOT)),
            claim(401, "X-Sig: " + good + "00"),
            claim(401, "X-Sig: " + good.substring(0, good.length() - 1)),
            claim(401, "X-Sig: " + good.replace("v1=", "V1=")),
            claim(401, "X-Sig: v1="),
            claim(401, "X-Sig:"),
            claim(401, "X-Other: " + good),
            claim(401, "X-Sig: " + good + "\r\nX-Sig: " + good),
            claim(401, "X-Sig: v1=" + sign("k2", signed)),
            claim(401, "X-Sig: v1=" + sign(KEY, signed.replace("b=2&", "") + "&b=2")),
            claim(401, "X-Sig: v1=" + sign(KEY, signed.replace("%C3", "%c3"))),
            claim(401, "X-Sig: v1=" + sign(KEY, signed.replace("http:", "https:"))),
            claim(401, forwarded(signed.replace("http:", "https:"))),
            claim(401, forwarded(signed.replace(HOST, "evil.example"))),
            claim(401, forwarded(signed.replace("http://" + HOST, "https://evil.example"))),
            claim(401, forwarded(signed.replace("/rest", "/app/rest"))),
            claim(200, forwarded(signed)))
        .flatMap(
            each ->
                Stream.of(Container.values())
                    .map(container -> Arguments.of(container, each.get()[0], each.get()[1])));
  }

  private static Arguments claim(int status, String headers) {
    return Arguments.of(status, headers);
  }

  private static String forwarded(String signed) {
    return "X-Sig: v1="
        + sign(KEY, signed)
        + "\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Port: 443"
        + "\r\nX-Forwarded-Prefix: /app\r\nForwarded: proto=https;host=evil.example"
        + "\r\nX-Original-URL: /app\r\nX-HTTP-Method-Override: GET";
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("claims")
  void whenARequestIsSignedWithItsUrlThenOnlyWhatCameOverTheWireCounts(
      Container container, int status, String headers) throws Exception {
    String answer = ask(container, headers);

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    if (status == 401) {
      assertThat(answer).contains("The sender of this request is not known.").doesNotContain("v1");
    } else {
      assertThat(answer).endsWith("\r\n\r\n\"a b\"");
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void whenASecretIsRotatedGoneOrCannotBeHadThenRequestsAreKnownOrNotAndNothingElseFails(
      Container container) throws Exception {
    String good = "X-Sig: v1=" + sign(KEY, "POST|http://" + HOST + PATH + "|{}");
    String rotated = "X-Sig: v1=" + sign("k2", "POST|http://" + HOST + PATH + "|{}");

    vault = name -> Secret.of("k2");
    assertThat(ask(container, good)).startsWith("HTTP/1.1 401");
    assertThat(ask(container, rotated)).startsWith("HTTP/1.1 200");
    vault = name -> null;
    assertThat(ask(container, good)).startsWith("HTTP/1.1 401");
    vault = name -> Secret.of("");
    assertThat(ask(container, good)).startsWith("HTTP/1.1 401");
    vault =
        name -> {
          throw new IllegalStateException("the vault is sealed");
        };
    // A channel that is deployed meanwhile makes the triggers be read again.
    engine.deploy(
        "more.channel", WebhookEngine.channel("more", "more", "\"action\": {\"type\": \"none\"}"));
    assertThat(ask(container, good)).doesNotContain("HTTP/1.1 200").doesNotContain("vault");
    assertThat(engine.post("more", "{}").status()).isEqualTo(200);
    vault = name -> Secret.of(KEY);
    assertThat(ask(container, good)).startsWith("HTTP/1.1 200");
  }

  private String ask(Container container, String headers) throws Exception {
    int port = Objects.requireNonNull(running.get(container)).port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE);
      socket
          .getOutputStream()
          .write(
              ("POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
                          .formatted(PATH, HOST, headers)
                      + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String sign(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
