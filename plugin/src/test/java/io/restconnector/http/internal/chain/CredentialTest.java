package io.restconnector.http.internal.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a credential stands in a request, and how it goes from there. */
class CredentialTest {

  private static final Secret VALUE = Secret.of("a b&c");

  @ParameterizedTest
  @CsvSource({
    "/p, /p?k=a%20b%26c, /p",
    "/p?, /p?k=a%20b%26c, /p",
    "/p?x=1, /p?x=1&k=a%20b%26c, /p?x=1",
    "/p?k=old&x=1, /p?x=1&k=a%20b%26c, /p?x=1",
    "/p?%6B=old, /p?k=a%20b%26c, /p",
    "/p?kk=1&K=2, /p?kk=1&K=2&k=a%20b%26c, /p?kk=1&K=2"
  })
  void whenItIsAParameterThenItIsThereOnceAndGoesWithoutTrace(
      String path, String with, String without) {
    Credential credential = new Credential("k", VALUE, true);
    BasicHttpRequest request = new BasicHttpRequest("GET", path);

    credential.addTo(request);
    assertThat(request.getPath()).isEqualTo(with);
    credential.addTo(request);
    assertThat(request.getPath()).isEqualTo(with);

    credential.removeFrom(request);
    assertThat(request.getPath()).isEqualTo(without);
  }

  @Test
  void whenItIsAHeaderThenItReplacesTheOneOfItsName() {
    Credential credential = new Credential("X-Key", VALUE, false);
    BasicHttpRequest request = new BasicHttpRequest("GET", "/?X-Key=1");
    request.addHeader("x-key", "old");

    credential.addTo(request);
    assertThat(request.getHeaders()).hasSize(1);
    assertThat(request.getHeaders()[0].getValue()).isEqualTo("a b&c");
    assertThat(request.getHeaders()[0]).asString().doesNotContain("a b");

    credential.removeFrom(request);
    assertThat(request.getHeaders()).isEmpty();
    assertThat(request.getPath()).isEqualTo("/?X-Key=1");
  }

  @ParameterizedTest
  @CsvSource({
    "a=1&k=2, true",
    "k, true",
    "a+k=1, false",
    "%6b=1, true",
    "K=1, false",
    "a=k, false"
  })
  void whenAQueryHasTheNameThenItIsFound(String query, boolean isThere) {
    assertThat(Credential.hasParameter(query, "k")).isEqualTo(isThere);
    assertThat(Credential.hasParameter(null, "k")).isFalse();
  }

  @Test
  void whenItIsBasicThenItIsOfRfc7617() {
    assertThat(Credential.basic("Aladdin", Secret.of("open sesame")).reveal())
        .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }
}
