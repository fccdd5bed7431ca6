package io.restconnector.console;

import static io.restconnector.console.ConsoleApplication.CONSOLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.console.ConsoleApplication.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** With Spring Security its rules count, as Spring Boot sets them up. */
class SecuredConsoleTest {

  private static final String ADMIN =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString("admin:pw".getBytes(StandardCharsets.UTF_8));
  private static final String REQUEST = "{\"method\": \"POST\", \"target\": \"orders\"}";

  private static ConsoleApplication application;

  @BeforeAll
  static void start() {
    application =
        ConsoleApplication.start(
            null,
            "spring.security.user.name=admin",
            "spring.security.user.password=pw",
            "rest-connector.operations.actions=true");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/main.js", "/api/overview", "/api/calls"})
  void whenNobodyIsSignedInThenNothingIsAnswered(String path) {
    assertThat(application.get(CONSOLE + path, "Accept: application/json").status()).isEqualTo(401);
    assertThat(application.get(CONSOLE + path, ADMIN).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test-Peer: 203.0.113.9",
        "Host: console.example",
        "X-Forwarded-For: 203.0.113.9",
        "Via: 1.1 proxy"
      })
  void whenSomebodyIsSignedInThenItDoesNotMatterFromWhere(String header) {
    assertThat(application.get(CONSOLE + "/api/overview", ADMIN, header).status()).isEqualTo(200);
  }

  @Test
  void whenThePageActsThenItNeedsTheTokenThatItWasTold() {
    Answer overview = application.get(CONSOLE + "/api/overview", ADMIN);
    JsonNode csrf = overview.json().get("csrf");
    String cookie = "Cookie: " + session(overview);
    String token = csrf.get("name").asString() + ": " + csrf.get("token").asString();

    assertThat(explain("http://localhost:PORT", cookie, "X-None: 1").status()).isIn(401, 403);
    assertThat(explain("https://foreign.example", cookie, token).status()).isEqualTo(403);
    assertThat(explain("http://localhost:PORT", cookie, token).status()).isEqualTo(200);
  }

  private static String session(Answer answer) {
    String cookie = answer.header("Set-Cookie");
    assertThat(cookie).isNotNull();
    return String.valueOf(cookie).replaceFirst(";.*", "");
  }

  private static Answer explain(String origin, String cookie, String token) {
    return application.send(
        "POST",
        CONSOLE + "/api/explain",
        REQUEST,
        ADMIN,
        cookie,
        token,
        "Origin: " + origin,
        "X-Rest-Connector-Console: 1");
  }
}
