package io.restconnector.console;

import static io.restconnector.console.ConsoleApplication.CONSOLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.console.ConsoleApplication.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;

/** Which pages may make the browser act or read, and what stands on each answer. */
class SameOriginTest {

  private static final String JOB = CONSOLE + "/api/jobs/none/again";
  private static final String EXPLAIN = CONSOLE + "/api/explain";
  private static final String REQUEST = "{\"method\": \"POST\", \"target\": \"orders\"}";

  private static ConsoleApplication application;

  @BeforeAll
  static void start() {
    application =
        ConsoleApplication.start(
            new FilteredClassLoader("org.springframework.security"),
            "rest-connector.operations.actions=true");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Rest-Connector-Console: 1|Origin: http://localhost:PORT|Sec-Fetch-Site: same-origin",
        "X-Rest-Connector-Console: 1|Origin: http://localhost:PORT",
        "X-Rest-Connector-Console: 1|Sec-Fetch-Site: same-origin",
      })
  void whenThePageItselfActsThenItMay(String headers) {
    assertThat(post(EXPLAIN, headers).status()).isEqualTo(200);
    assertThat(post(JOB, headers).body()).contains("There is no dead letter job");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: */*",
        "X-Rest-Connector-Console: 1",
        "Origin: http://localhost:PORT|Sec-Fetch-Site: same-origin",
        "X-Rest-Connector-Console: 1|Origin: https://foreign.example",
        "X-Rest-Connector-Console: 1|Origin: http://localhost:1",
        "X-Rest-Connector-Console: 1|Origin: http://localhost",
        "X-Rest-Connector-Console: 1|Origin: http://127.0.0.1:PORT",
        "X-Rest-Connector-Console: 1|Origin: https://localhost:PORT",
        "X-Rest-Connector-Console: 1|Origin: http://localhost:PORT.foreign.example",
        "X-Rest-Connector-Console: 1|Origin: null",
        "X-Rest-Connector-Console: 1|Origin: null|Sec-Fetch-Site: same-origin",
        "X-Rest-Connector-Console: 1|Origin: https://foreign.example|Sec-Fetch-Site: same-origin",
        "X-Rest-Connector-Console: 1|Origin: http://localhost:PORT|Sec-Fetch-Site: cross-site",
        "X-Rest-Connector-Console: 1|Sec-Fetch-Site: same-site",
        "X-Rest-Connector-Console: 1|Sec-Fetch-Site: none",
      })
  void whenAnotherPageActsThenItMayNot(String headers) {
    assertThat(post(EXPLAIN, headers).status()).isEqualTo(403);
    assertThat(post(JOB, headers).status()).isEqualTo(403);
  }

  private static Answer post(String path, String headers) {
    return application.send("POST", path, REQUEST, headers.split("\\|", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none"})
  void whenAnotherPageReadsThenItMayNot(String site) {
    String header = "Sec-Fetch-Site: " + site;

    assertThat(application.get(CONSOLE + "/api/calls", header).status()).isEqualTo(403);
    assertThat(application.get(CONSOLE, header).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
  void whenTheMethodIsAnotherThenNoPageLearnsAnything(String method) {
    Answer answer =
        application.send(method, EXPLAIN, "", "Origin: https://foreign.example", "Secret: s3cret");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).noneMatch(each -> each.startsWith("Access-Control"));
    assertThat(answer.body()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CONSOLE,
        CONSOLE + "/",
        CONSOLE + "/main.js",
        CONSOLE + "/none.js",
        CONSOLE + "/api/overview",
        CONSOLE + "/api/none"
      })
  void whenAnythingIsAnsweredThenTheBrowserIsToldToBeStrict(String path) {
    Answer answer = application.get(path);

    assertThat(answer.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        .contains("connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body()).doesNotContain("https://", " style=", "onclick=");
  }

  @Test
  void whenActionsAreOffThenNoJobRunsAgainAndRequestsAreStillExplained() {
    try (ConsoleApplication passive =
        ConsoleApplication.start(new FilteredClassLoader("org.springframework.security"))) {
      Answer refused = passive.act(JOB, "");

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body()).contains("rest-connector.operations.actions");
      assertThat(passive.act(EXPLAIN, REQUEST).status()).isEqualTo(200);
      assertThat(passive.get(CONSOLE + "/api/overview").json().at("/connector/actions").asBoolean())
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../ConsoleServlet.class",
        "/%2e%2e/ConsoleServlet.class",
        "/page/main.js",
        "/ConsoleServlet.class",
        "/api/../../../application.yml",
        "/index.html"
      })
  void whenAFileIsNotOfThePageThenItIsNotServed(String path) {
    assertThat(application.get(CONSOLE + path).status()).isBetween(400, 404);
  }
}
