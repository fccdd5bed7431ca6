package io.restconnector.webhook.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a request was sent, and its headers. */
class WebhookRequestTest {

  private static WebhookRequest at(String base, @Nullable String query) {
    return new WebhookRequest("POST", base, "/hooks/", "a/%62", query, Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "http://h:8080, -,   -,                http://h:8080/hooks/a/%62",
        "http://h/app,  x=1, -,                http://h/app/hooks/a/%62?x=1",
        "http://h/app,  '',  -,                http://h/app/hooks/a/%62?",
        "http://h/app,  x=1, https://public/p, https://public/p/hooks/a/%62?x=1"
      })
  void whenTheUrlIsAskedForThenItIsAsTheSenderWroteIt(
      String base, @Nullable String query, @Nullable String publicUrl, String url) {
    assertThat(at(base, query).url(publicUrl)).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h,            /hooks/x",
    "http://h:8080,       /hooks/x",
    "https://h/app,       /app/hooks/x",
    "https://h:8443/a/b,  /a/b/hooks/x"
  })
  void whenThePathIsAskedForThenItHasTheContextPath(String base, String path) {
    assertThat(at(base, null).pathOfUrl("x")).isEqualTo(path);
  }

  @Test
  void whenAnswersAreAskedForThenTheirAddressIsPublicIfThatIsKnown() {
    WebhookRequest request = at("http://h/app", "q");

    assertThat(request.answersUrl(null)).isEqualTo("/app/hooks/.answers/");
    assertThat(request.answersUrl("https://public/p"))
        .isEqualTo("https://public/p/hooks/.answers/");
  }

  @Test
  void whenAHeaderRepeatsThenExpressionsSeeAListAndElseOneText() {
    WebhookRequest request =
        new WebhookRequest("GET", "a", null, Map.of("one", List.of("1"), "two", List.of("1", "2")));

    assertThat(request.headerValues()).isEqualTo(Map.of("one", "1", "two", List.of("1", "2")));
    assertThat(request.header("two")).isEqualTo("1");
    assertThat(request.header("none")).isNull();
    assertThat(request.url(null)).isEqualTo("http://localhost/rest-connector/events/a");
  }
}
