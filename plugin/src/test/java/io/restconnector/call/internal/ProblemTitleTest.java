package io.restconnector.call.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTitleTest {

  private static final RestRequest REQUEST =
      new RestRequest(
          "GET", URI.create("http://a.test/"), List.of(), null, Duration.ofSeconds(1), false);

  private static String title(CallOutcome outcome) {
    try (RestClient client = new RestClient(HttpSettings.defaults())) {
      return ProblemTitle.of(REQUEST, outcome, null, client);
    }
  }

  private static CallOutcome.Response response(int status, String type, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return new CallOutcome.Response(
        status, List.of(new BasicHeader("Content-Type", type)), bytes, bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "400 | application/problem+json                | {'title': 'Out of stock'}  | Out of stock",
        "599 | Application/Problem+JSON; charset=utf-8 | {'title': 'Out of stock'}  | Out of stock",
        "200 | application/problem+json                | {'title': 'Out of stock'}  |",
        "302 | application/problem+json                | {'title': 'Out of stock'}  |",
        "400 | application/json                        | {'title': 'Out of stock'}  |",
        "400 | application/problem+xml                 | {'title': 'Out of stock'}  |",
        "400 | application/problem+json                | {'title': ['Out of stock']}|",
        "400 | application/problem+json                | {'title': 7}               |",
        "400 | application/problem+json                | {'title': ' \\n '}         |",
        "400 | application/problem+json                | {'Title': 'a'}             |",
        "400 | application/problem+json                | ['a']                      |",
        "400 | application/problem+json                | {'title': 'a'              |",
        "400 | application/problem+json                | 'a'                        |",
      })
  void whenAnErrorIsAProblemThenItsTitleIsRead(int status, String type, String body, String title) {
    assertThat(title(response(status, type, body.replace('\'', '"')))).isEqualTo(title);
  }

  @Test
  void whenAnAttemptOrATokenRequestWasTheLastThenItsTitleIsRead() {
    CallOutcome last = response(503, "application/problem+json", "{\"title\": \"Busy\"}");

    assertThat(title(new CallOutcome.RetriesExhausted(3, last))).isEqualTo("Busy");
    assertThat(title(new CallOutcome.TokenUnavailable("crm", REQUEST, last))).isEqualTo("Busy");
    assertThat(title(new CallOutcome.TooLarge(1))).isNull();
  }
}
