package io.restconnector.aps.internal;

import static io.restconnector.aps.internal.TestCalls.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestAction;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EndpointSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.RestRequest;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.core5.http.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestCallInputsTest {

  private static final AccessSettings ACCESS =
      AccessSettings.defaults()
          .withAuthentications(
              Map.of(
                  "token", AuthenticationSettings.bearer("s"),
                  "key", AuthenticationSettings.apiKeyHeader("X-Key", "s")))
          .withEndpoints(
              Map.of(
                  "crm",
                  new EndpointSettings("https://crm/api/", "token", Map.of("X-Tenant", "t"))));

  private static RestCallInputs of(String... texts) throws InvalidInputException {
    return new RestCallInputs(
        values(Map.of("a", "x/y", "braces", "{b}", "crm", "crm", "bean", new Object()), texts),
        ACCESS);
  }

  private static RestRequest read(String... texts) throws InvalidInputException {
    return of(texts).read(new RequestReader(HttpSettings.defaults().withAccess(ACCESS)));
  }

  private static String header(RestRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.getName().equalsIgnoreCase(name))
        .map(Header::getValue)
        .reduce("", (one, other) -> one + "|" + other);
  }

  @ParameterizedTest
  @CsvSource({"GET, GET", "' post ', POST", "Options, OPTIONS", "delete, DELETE"})
  void whenAMethodIsNamedThenItsActionIsMade(String method, RestAction action) throws Exception {
    assertThat(RestCallInputs.action(method)).isEqualTo(action);
    assertThat(of("httpMethod=" + method, "restUrl=https://h").action()).isEqualTo(action);
  }

  @Test
  void whenNoMethodIsNamedThenItIsAGet() throws Exception {
    assertThat(RestCallInputs.action(null)).isEqualTo(RestAction.GET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "", "GET POST"})
  void whenTheMethodIsNoneThenItIsRefused(String method) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RestCallInputs.action(method))
        .withMessageStartingWith("httpMethod is another String, wanted GET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://h/${a}?b={c}     | https://h/x/y?b=%7Bc%7D",
        "https://h/${braces}      | https://h/%7Bb%7D",
      })
  void whenThereIsNoEndpointThenTheUrlIsThatOfTheTask(String restUrl, String url) throws Exception {
    assertThat(read("restUrl=" + restUrl).uri()).hasToString(url);
  }

  @Test
  void whenAnEndpointIsNamedThenThePathIsBelowIt() throws Exception {
    RestRequest request = read("baseEndpointName:=${crm}", "restUrl=/orders/${a}");

    assertThat(request.uri()).hasToString("https://crm/api/orders/x/y");
    assertThat(request.authentication()).isEqualTo("token");
    assertThat(header(request, "X-Tenant")).isEqualTo("|t");
    assertThat(read("baseEndpoint=crm").uri()).hasToString("https://crm/api/");
  }

  @Test
  void whenATaskSendsAHeaderItselfThenThatOfTheEndpointStaysAway() throws Exception {
    RestRequest request =
        read("baseEndpoint=crm", "<request-header headerName=x-tenant headerValue=mine");

    assertThat(header(request, "X-Tenant")).isEqualTo("|mine");
  }

  @Test
  void whenAHeaderIsThereMoreThanOnceThenEachIsSent() throws Exception {
    assertThat(
            header(
                read(
                    "restUrl=https://h",
                    "<request-header headerName=A headerValue=1",
                    "<request-header headerName=A headerValue=${a}"),
                "A"))
        .isEqualTo("|1|x/y");
  }

  @Test
  void whenATaskProvesItselfWhoCallsThenTheAuthenticationOfTheEndpointStaysAway() throws Exception {
    assertThat(
            read("baseEndpoint=crm", "<request-header headerName=authorization headerValue=mine")
                .authentication())
        .isNull();
    assertThat(
            read("baseEndpoint=crm", "<request-header headerName=X-Key headerValue=mine")
                .authentication())
        .isEqualTo("token");
    assertThat(read("baseEndpoint=crm", "authentication=key").authentication()).isEqualTo("key");
    assertThat(read("restUrl=https://h").authentication()).isNull();
  }

  @Test
  void whenOwnInputsAreFieldsThenTheyAreRead() throws Exception {
    RestCallInputs inputs =
        of("restUrl=https://h", "timeout=7", "maxAttempts=2", "restUrlEncoded=false");

    assertThat(Objects.requireNonNull(inputs.find("timeout")).value()).isEqualTo("7");
    assertThat(Objects.requireNonNull(inputs.find("maxAttempts")).value()).isEqualTo("2");
    assertThat(Objects.requireNonNull(inputs.find("retryBackoff")).value()).isNull();
    assertThat(inputs.find("restUrlEncoded")).isNull();
    assertThat(inputs.find("requestPayload")).isNull();
  }

  @Test
  void whenThereIsNoUrlThenItIsMissing() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read("timeout=7"))
        .withMessage("restUrl is missing, wanted a URL, or an endpoint in baseEndpointName")
        .extracting(InvalidInputException::code)
        .isEqualTo(ErrorCode.MISSING_INPUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baseEndpoint=none | timeout=1 | baseEndpoint names no endpoint, wanted one of [crm]",
        "baseEndpoint=crm | restUrl=https://h | restUrl is an absolute URL beside an endpoint",
        "restUrl=https://h | timeout=x | timeout is a String that holds no integer",
        "restUrl=https://h | <request-header headerName=Host headerValue=x | modeler:request-header has 'Host'",
        "restUrl=https://h | <request-header headerName=A headerValue=${bean} | modeler:request-header is a java.lang.Object",
        "restUrl=https://h | <request-mapping jsonPropertyName=p jsonPropertyValue={} jsonPropertyType=integer | modeler:request-mapping 'p' is",
      })
  void whenAnInputIsWrongThenItsPlaceInTheTaskIsSaid(String one, String other, String said) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(one, other))
        .withMessageStartingWith(said);
  }
}
