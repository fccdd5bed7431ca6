package io.restconnector.journal.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.internal.Redaction;
import io.restconnector.journal.JournalSettings;
import io.restconnector.journal.RequestPreview;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests as people may see them before they are sent. */
class ShownRequestTest {

  private final Redaction secrets = Redaction.of(List.of(Secret.of("open sesame")));
  private final ShownText text = new ShownText(JournalSettings.defaults(), () -> secrets, Set.of());

  private RequestPreview preview(RestRequest request, @Nullable AuthenticationSettings crm) {
    return new ShownRequest(text, crm == null ? Map.of() : Map.of("crm", crm))
        .preview(RestAction.valueOf(request.method()), "DELEGATE", request);
  }

  private static RestRequest get(String url) {
    return TestRequests.get(url);
  }

  static Stream<Arguments> authentications() {
    return Stream.of(
        arguments(AuthenticationSettings.basic("ann", "k"), "authorization", "Basic ***", "a=1"),
        arguments(AuthenticationSettings.bearer("k"), "authorization", "Bearer ***", "a=1"),
        arguments(
            AuthenticationSettings.clientCredentials(URI.create("http://i/"), "c", "k", null),
            "authorization",
            "Bearer ***",
            "a=1"),
        arguments(AuthenticationSettings.apiKeyHeader("X-Key", "k"), "x-key", "***", "a=1"),
        arguments(AuthenticationSettings.apiKeyQuery("pin", "k"), null, null, "a=1&pin=***"),
        arguments(AuthenticationSettings.clientCertificate("b"), null, null, "a=1"));
  }

  @ParameterizedTest
  @MethodSource("authentications")
  void whenAnAuthenticationAddsACredentialThenItsPlaceIsShownAndNotItsValue(
      AuthenticationSettings crm, @Nullable String header, @Nullable String value, String query) {
    RequestPreview preview = preview(TestRequests.as("crm", get("http://a.test/?a=1")), crm);

    assertThat(preview.authentication()).isEqualTo("crm");
    assertThat(preview.url()).isEqualTo("http://a.test/?" + query);
    assertThat(preview.headers())
        .isEqualTo(header == null ? Map.of() : Map.of(header, List.of(value)));
    assertThat(preview.curl()).contains("'http://a.test/?" + query + "'");
  }

  @Test
  void whenTheUrlHasNoQueryThenTheKeyIsAll() {
    RestRequest request = TestRequests.as("crm", get("http://a.test/"));

    assertThat(preview(request, AuthenticationSettings.apiKeyQuery("pin", "k")).url())
        .isEqualTo("http://a.test/?pin=***");
    assertThat(preview(get("http://a.test/"), AuthenticationSettings.apiKeyQuery("p", "k")).url())
        .isEqualTo("http://a.test/");
  }

  @Test
  void whenTheAuthenticationIsNotThereThenTheRequestIsShownWithoutIt() {
    assertThat(preview(TestRequests.as("crm", get("http://a.test/")), null).headers()).isEmpty();
  }

  @Test
  void whenSecretsStandInTheRequestThenTheyAreMasked() {
    List<Header> headers =
        List.of(
            new BasicHeader("X-A", "open sesame"),
            new BasicHeader("Authorization", "mine"),
            new BasicHeader("content-type", "application/json"));
    RequestPreview preview =
        preview(
            TestRequests.request(
                "POST",
                "http://a.test/open%20sesame?token=1&b=open+sesame",
                headers,
                "{\"a\": \"open sesame\"}".getBytes(UTF_8)),
            null);

    assertThat(preview.url()).isEqualTo("http://a.test/***?token=***&b=***");
    assertThat(preview.headers())
        .isEqualTo(
            Map.of(
                "x-a", List.of("***"),
                "authorization", List.of("***"),
                "content-type", List.of("application/json")));
    assertThat(preview.body()).isEqualTo("{\"a\": \"***\"}");
    assertThat(preview.curl()).contains("--data-raw '{\"a\": \"***\"}'").doesNotContain("sesame");
  }

  @Test
  void whenThereIsNoBodyThenNoneIsShown() {
    RequestPreview preview = preview(get("http://a.test/"), null);

    assertThat(preview.body()).isNull();
    assertThat(preview.action()).isEqualTo("restGet");
    assertThat(preview.timeout()).isEqualTo(get("http://a.test/").timeout());
    assertThat(preview.code()).isNull();
  }

  @Test
  void whenABodyIsLongThenItsBeginningIsShown() {
    byte[] body = "a".repeat(100_000).getBytes(UTF_8);

    assertThat(
            preview(TestRequests.request("POST", "http://a.test/", List.of(), body), null).body())
        .isEqualTo("a".repeat(ShownBody.MAX_BODY));
  }
}
