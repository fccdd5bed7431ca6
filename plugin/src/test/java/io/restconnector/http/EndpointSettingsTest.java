package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs and headers of a service, and what is none. */
class EndpointSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"https://aps.example", "HTTP://aps.example:8080/app/", "http://[::1]/"})
  void whenAUrlIsAbsoluteThenItIsTakenAsItIs(String url) {
    assertThat(new EndpointSettings(url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "aps.example",
        "/app",
        "ftp://aps.example",
        "https:///app",
        "https://ann:s3cret@aps.example",
        "https://aps.example?key=s3cret",
        "https://aps.example#s3cret",
        "https://aps.example/s3cret space",
      })
  void whenAUrlIsNoneOfAServiceThenItIsRefusedAndNotQuoted(String url) {
    refused(url);
  }

  @Test
  void whenThereIsNoUrlThenThatIsRefused() {
    refused(null);
  }

  @SuppressWarnings("NullAway") // a binder may leave it out
  private static void refused(@Nullable String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EndpointSettings(url, null, Map.of()))
        .withMessage("url is no absolute http or https URL without user info, query and fragment")
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({"'', v", "a b, v", "a:, v", "x, 'a\u0000'", "x, 'a\nb'", "x, 'a\u007f'"})
  void whenAHeaderHasNoHttpFormThenItIsRefusedAndNotQuoted(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EndpointSettings("http://a", null, Map.of(name, value)))
        .withMessage(
            "headers has a name that is no HTTP token, or a value with a control character");
  }

  @Test
  void whenHeadersAreGivenThenTheirOrderStaysAndLaterChangesDoNotCount() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-B", "");
    headers.put("X-A", "a\tb \u00e4");
    EndpointSettings endpoint = new EndpointSettings("http://a", "crm", headers);
    headers.put("X-C", "c");

    assertThat(endpoint.headers())
        .containsExactly(Map.entry("X-B", ""), Map.entry("X-A", "a\tb \u00e4"));
    assertThat(endpoint).hasToString("EndpointSettings[url=http://a, authentication=crm]");
  }

  @Test
  @SuppressWarnings("NullAway") // a binder leaves out what is not configured
  void whenNoHeadersAreGivenThenThereAreNone() {
    assertThat(new EndpointSettings("http://a", null, null))
        .isEqualTo(new EndpointSettings("http://a"))
        .extracting(EndpointSettings::headers)
        .isEqualTo(Map.of());
  }
}
