package io.restconnector.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request tells of itself. */
class RestRequestTest {

  @ParameterizedTest
  @CsvSource({
    "http://A.test/x?y=geheim#geheim, http://a.test:80, http://A.test/x",
    "HTTPS://a.test, https://a.test:443, HTTPS://a.test",
    "https://a.test:8443/, https://a.test:8443, https://a.test:8443/",
    "http://ann:geheim@a.test/, http://a.test:80, http://a.test/",
    "http://[::1]/, http://[::1]:80, http://[::1]/",
    "http://[::1]:81/, http://[::1]:81, http://[::1]:81/",
    "http://my_host:8080/a%20b, http://my_host:8080, http://my_host:8080/a%20b",
    "http://my_host/, http://my_host:80, http://my_host/",
  })
  void whenAUrlHasAnOriginThenItsPortIsWrittenOutAndNothingSecretIsLogged(
      String url, String origin, String logged) {
    RestRequest request = TestRequests.get(url);

    assertThat(request.origin()).isEqualTo(origin);
    assertThat(request.loggedUrl()).isEqualTo(logged);
    assertThat(request).hasToString("GET " + logged);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, true",
    "HEAD, true",
    "OPTIONS, true",
    "TRACE, true",
    "PUT, true",
    "DELETE, true",
    "POST, false",
    "PATCH, false"
  })
  void whenAMethodIsIdempotentThenTheRequestIs(String method, boolean isIdempotent) {
    assertThat(
            TestRequests.request(method, "http://a.test/", List.of(), null).hasIdempotentMethod())
        .isEqualTo(isIdempotent);
  }

  @Test
  void whenOneThingIsChangedThenTheOthersStay() {
    CallSource source = new CallSource(CallSource.Kind.DELEGATE, "p", "p:1", "i", "a", null);
    Header header = new BasicHeader("X-A", "1");
    Header other = new BasicHeader("X-B", "2");
    byte[] body = {1};
    RetrySettings retry = RetrySettings.defaults().withMaxAttempts(3);
    URI uri = URI.create("http://b.test/");
    RestRequest request =
        new RestRequest(
            "PUT", uri, List.of(header), body, Duration.ofSeconds(1), true, "crm", retry, source);

    assertThat(
            new RestRequest(
                    "PUT",
                    URI.create("http://a.test/"),
                    List.of(),
                    body,
                    Duration.ofSeconds(9),
                    true,
                    "crm",
                    retry)
                .from(source)
                .within(Duration.ofSeconds(1))
                .withUri(uri)
                .withHeader(header))
        .isEqualTo(request);
    assertThat(request.withHeader(other).headers()).containsExactly(header, other);
    assertThat(request.withHeaders(List.of(other)).headers()).containsExactly(other);
    assertThat(request.from(null).source()).isNull();
  }
}
