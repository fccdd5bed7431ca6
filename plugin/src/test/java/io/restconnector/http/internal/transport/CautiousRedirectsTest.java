package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.RestRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which headers a redirect takes along, hop by hop. */
class CautiousRedirectsTest {

  private static final HttpHost FIRST = new HttpHost("https", "api.example.com", 443);

  private final CautiousRedirects redirects = new CautiousRedirects(List.of("X-Internal"));
  private final HttpClientContext context = HttpClientContext.create();

  CautiousRedirectsTest() {
    RestRequest first = TestRequests.get("https://api.example.com/");
    CallContext call = new CallContext(first, SendPermit.ALWAYS, new Object());
    new HopState(Identity.anonymous(""), call, call.attempt(first)).enter(context);
    context.setAttribute(
        DeadlineConnections.CALL,
        new DeadlineConnections.Call(first, call.deadline(), new CompletableFuture<>()));
  }

  private static HttpRequest request() {
    BasicHttpRequest request = new BasicHttpRequest("GET", "/");
    request.addHeader("Authorization", "Bearer secret");
    request.addHeader("X-INTERNAL", "secret");
    request.addHeader("Accept", "*/*");
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "https, API.example.com, 443, true",
    "https, api.example.com, -1, true",
    "http, api.example.com, 443, false",
    "https, api.example.com, 8443, false",
    "https, www.example.com, 443, false"
  })
  void whenARedirectIsFollowedThenOnlyTheSameOriginGetsTheHeaders(
      String scheme, String host, int port, boolean isSame) {
    HttpRequest redirect = request();

    assertThat(
            redirects.isRedirectAllowed(FIRST, new HttpHost(scheme, host, port), redirect, context))
        .isTrue();
    assertThat(redirect.containsHeader("Authorization")).isEqualTo(isSame);
    assertThat(redirect.containsHeader("X-Internal")).isEqualTo(isSame);
    assertThat(redirect.containsHeader("Accept")).isTrue();
  }

  /** The headers of the first request are there again where the client copies them. */
  @Test
  void whenARedirectHasLeftTheOriginThenNoLaterOneBringsTheHeadersBack() {
    HttpHost other = new HttpHost("https", "www.example.com", 443);
    redirects.isRedirectAllowed(FIRST, other, request(), context);
    for (HttpHost next : List.of(other, FIRST)) {
      HttpRequest redirect = request();

      assertThat(redirects.isRedirectAllowed(next, next, redirect, context)).isTrue();
      assertThat(redirect.containsHeader("Authorization")).isFalse();
      assertThat(redirect.containsHeader("X-Internal")).isFalse();
    }
  }

  @Test
  void whenTheMethodChangesThenHeadersOfTheContentStayBehindAndTheOthersGoAlong() {
    HttpRequest sent = request();
    for (String name :
        List.of("Host", "Content-Type", "Content-Digest", "Digest", "Transfer-Encoding")) {
      sent.addHeader(name, "x");
    }
    context.setRequest(sent);
    HttpRequest empty = new BasicHttpRequest("GET", "/next");

    redirects.isRedirectAllowed(FIRST, FIRST, empty, context);

    assertThat(empty.getHeaders())
        .extracting(header -> header.getName())
        .containsExactly("Authorization", "X-INTERNAL", "Accept");
  }

  @ParameterizedTest
  @CsvSource({
    "/b, https://api.example.com:443/b",
    "?x=1, https://api.example.com:443/a/c?x=1",
    "//other.example/y, https://other.example/y",
    "../../z, https://api.example.com:443/z"
  })
  void whenALocationIsAReferenceThenItIsResolved(String location, String url) throws Exception {
    BasicHttpResponse response = new BasicHttpResponse(302);
    response.addHeader("Location", location);

    assertThat(
            redirects.getLocationURI(new BasicHttpRequest("GET", FIRST, "/a/c"), response, context))
        .hasToString(url);
  }

  @Test
  void whenALocationIsNoUrlThenItIsRefused() {
    BasicHttpResponse response = new BasicHttpResponse(302);
    response.addHeader("Location", "ftp://other.example/");

    assertThatThrownBy(
            () ->
                redirects.getLocationURI(
                    new BasicHttpRequest("GET", FIRST, "/a"), response, context))
        .isInstanceOf(UnusableLocationException.class);
  }
}
