package io.restconnector.aps.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.content.internal.ModelText;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.EndpointSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestCallEndpointTest {

  private static final AccessSettings ACCESS =
      AccessSettings.defaults()
          .withEndpoints(
              Map.of(
                  "crm", new EndpointSettings("https://crm"),
                  "7", new EndpointSettings("https://seven")));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "crm, 7, https://crm",
        "none, 7, https://seven",
        "-, 7, https://seven",
        "crm, none, https://crm"
      })
  void whenAnEndpointIsLookedForThenItsNameComesBeforeItsId(
      @Nullable String name, @Nullable String id, String url) throws Exception {
    assertThat(RestCallEndpoint.find(ACCESS, "f", name, id).url()).isEqualTo(url);
  }

  @Test
  void whenThereIsNoSuchEndpointThenThoseThatThereAreAreSaid() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RestCallEndpoint.find(ACCESS, "baseEndpoint", "secret", null))
        .withMessage("baseEndpoint names no endpoint, wanted one of [7, crm]");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RestCallEndpoint.find(AccessSettings.defaults(), "f", null, null))
        .withMessage(
            "f names no endpoint, wanted one below rest-connector.endpoints, where there is none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://h/a  | ``     | https://h/a",
        "https://h/a/ | ``     | https://h/a/",
        "https://h/a  | b      | https://h/a/",
        "https://h/a/ | b      | https://h/a/",
        "https://h/a  | /b     | https://h/a",
        "https://h/a/ | /b     | https://h/a",
        "https://h/a  | ${b}   | https://h/a/",
        "https://h/a/ | ?b=c   | https://h/a/",
        "https://h/a  | ?b=c   | https://h/a",
        "https://h/a/ | #b     | https://h/a/",
      })
  void whenAPathFollowsThenOneSlashIsBetween(String url, String own, String before) {
    assertThat(RestCallEndpoint.before(ModelText.parse(own).parts(), new EndpointSettings(url)))
        .isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h/x", "HTTP://h", "http://${host}/", "https://h/a\nb"})
  void whenAnAbsoluteUrlStandsBesideAnEndpointThenItIsRefused(String url) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RestCallEndpoint.checkRelative(ModelText.parse(url).parts()))
        .withMessageStartingWith("restUrl is an absolute URL beside an endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/x", "x", "${url}", "x?u=https://h", "https:/x"})
  void whenThePathIsRelativeThenItIsFine(String url) {
    assertThatCode(() -> RestCallEndpoint.checkRelative(ModelText.parse(url).parts()))
        .doesNotThrowAnyException();
  }
}
