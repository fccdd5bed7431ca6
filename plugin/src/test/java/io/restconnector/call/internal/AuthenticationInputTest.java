package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.RestRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthenticationInputTest {

  private static final String URL = "https://api.example.com/x";

  private static final RequestReader READER =
      new RequestReader(
          HttpSettings.defaults()
              .withAccess(
                  AccessSettings.defaults()
                      .withAuthentications(
                          Map.of(
                              "anywhere", AuthenticationSettings.basic("ann", "s"),
                              "header", AuthenticationSettings.apiKeyHeader("X-Crm", "s"),
                              "query", AuthenticationSettings.apiKeyQuery("k e", "s"),
                              "there",
                                  AuthenticationSettings.bearer("s")
                                      .withHosts(List.of("api.example.com"))))));

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRACE")
  void whenAnAuthenticationIsNamedThenTheRequestNamesItAndHoldsNoMore(RestAction action)
      throws Exception {
    RestRequest request = read(action, Map.of("restUrl", URL, "authentication", "there"));

    assertThat(request.authentication()).isEqualTo("there");
    assertThat(request.headers()).isEmpty();
    assertThat(request.uri()).hasToString(URL);
  }

  @Test
  void whenNoneIsNamedThenTheRequestHasNone() throws Exception {
    assertThat(read(RestAction.GET, Map.of("restUrl", URL)).authentication()).isNull();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("unknown", Map.of("authentication", "0-Secret")),
        refused("blank", Map.of("authentication", "")),
        refused("no String", Map.of("authentication", 7)),
        refused(
            "other host",
            Map.of("authentication", "there", "restUrl", "https://api.example.com.evil.org/")),
        refused(
            "host from data",
            Map.of(
                "authentication", "there",
                "restUrl", "https://{host}/",
                "restUrlParams", Map.of("host", "evil.org"))),
        refused(
            "own Authorization",
            Map.of(
                "authentication",
                "anywhere",
                "requestHeaders",
                Map.of("authorization", "0-Secret"))),
        refused(
            "own key in a header",
            Map.of("authentication", "header", "requestHeaders", Map.of("x-crm", "0-Secret"))),
        refused(
            "own key in restUrl",
            Map.of("authentication", "query", "restUrl", URL + "?a=b&k%20e=0-Secret")),
        refused(
            "own key in restUrlParams",
            Map.of("authentication", "query", "restUrlParams", Map.of("k e", "0-Secret"))));
  }

  private static Arguments refused(String what, Map<String, Object> inputs) {
    return Arguments.of(what, inputs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whenAnAuthenticationCannotGoWithTheCallThenInvalidInput(
      String what, Map<String, Object> inputs) {
    Map<String, Object> all = new HashMap<>(Map.of("restUrl", URL));
    all.putAll(inputs);

    assertThatThrownBy(() -> read(RestAction.GET, all))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            invalid -> assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_INPUT))
        .hasMessageNotContaining("0-Secret");
  }

  @Test
  void whenTraceNamesAnAuthenticationThenInvalidInput() {
    assertThatThrownBy(
            () -> read(RestAction.TRACE, Map.of("restUrl", URL, "authentication", "anywhere")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("TRACE");
  }

  private static RestRequest read(RestAction action, Map<String, Object> inputs)
      throws InvalidInputException {
    return READER.read(action, new Inputs(name -> new Inputs.Input(inputs.get(name), null)));
  }
}
