package io.restconnector.console;

import static io.restconnector.console.ConsoleApplication.CONSOLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.console.ConsoleApplication.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;

/** Who is answered without Spring Security on the class path. */
class LoopbackRuleTest {

  private static final String[] PATHS = {
    CONSOLE, CONSOLE + "/main.js", CONSOLE + "/api/overview", CONSOLE + "/api/none"
  };

  private static ConsoleApplication application;

  @BeforeAll
  static void start() {
    application = withoutSecurity();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private static ConsoleApplication withoutSecurity(String... properties) {
    return ConsoleApplication.start(
        new FilteredClassLoader("org.springframework.security"), properties);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost:PORT",
        "Host: LOCALHOST",
        "Host: 127.0.0.1:PORT",
        "Host: 127.8.0.1",
        "Host: [::1]:PORT",
        "Test-Peer: 127.0.0.2",
        "Test-Peer: 0:0:0:0:0:0:0:1",
        "Test-Peer: ::ffff:127.0.0.1",
        "Accept-Language: de"
      })
  void whenABrowserOnThisMachineAsksThenItIsAnswered(String header) {
    assertThat(application.get(CONSOLE, header).status()).isEqualTo(200);
    assertThat(application.get(CONSOLE + "/api/overview", header).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: rebound.example:PORT",
        "Host: rebound.example",
        "Host: localhost.rebound.example",
        "Host: 127.0.0.1.rebound.example",
        "Host: 10.0.0.1",
        "Host: 0.0.0.0:PORT",
        "Host: [::]:PORT",
        "Host: ",
        "Test-Peer: 203.0.113.9",
        "Test-Peer: 10.0.0.1",
        "Test-Peer: 169.254.1.1",
        "Test-Peer: 0.0.0.0",
        "Test-Peer: 2001:db8::1",
        "Test-Peer: fe80::1",
        "Test-Peer: localhost",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-For: 203.0.113.9",
        "X-Forwarded-Host: localhost",
        "x-forwarded-proto: https",
        "Forwarded: for=127.0.0.1",
        "X-Real-IP: 127.0.0.1",
        "Via: 1.1 proxy"
      })
  void whenSomebodyElseAsksThenNothingIsAnswered(String header) {
    for (String path : PATHS) {
      Answer answer = application.get(path, header);

      assertThat(answer.status()).as(path).isEqualTo(403);
      assertThat(answer.body()).startsWith("Without a filter chain of Spring Security ");
    }
  }

  /** The container's valve hides who the peer is, whatever it has sent. */
  @ParameterizedTest
  @CsvSource({"framework, 200", "native, 403"})
  void whenTheApplicationBelievesInHeadersOfProxiesThenTheConsoleDoesNot(
      String strategy, int direct) {
    try (ConsoleApplication trusting =
        withoutSecurity("server.forward-headers-strategy=" + strategy)) {
      assertThat(trusting.get(CONSOLE).status()).isEqualTo(direct);
      assertThat(trusting.get(CONSOLE, "X-Forwarded-For: 127.0.0.1").status()).isEqualTo(403);
      assertThat(trusting.get(CONSOLE, "X-Forwarded-For: 203.0.113.9").status()).isEqualTo(403);
      assertThat(trusting.get(CONSOLE, "Host: a.example", "X-Forwarded-Host: localhost").status())
          .isEqualTo(403);
    }
  }

  @Test
  void whenTheConsoleIsNotWantedThenItIsNotThere() {
    try (ConsoleApplication plain = withoutSecurity("rest-connector.console.enabled=false")) {
      assertThat(plain.get(CONSOLE).status()).isEqualTo(404);
    }
  }
}
