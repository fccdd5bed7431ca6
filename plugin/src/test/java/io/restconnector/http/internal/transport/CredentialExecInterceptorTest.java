package io.restconnector.http.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request has when it goes on to its next hop. */
class CredentialExecInterceptorTest {

  private static final HttpHost TARGET = new HttpHost("http", "a.example", 80);
  private static final HttpHost PROXY = new HttpHost("http", "proxy.example", 3128);
  private static final Credential FOR_PROXY =
      new Credential("Proxy-Authorization", Secret.of("Basic b3Vycw=="), false);
  private static final Credential KEY = new Credential("key", Secret.of("s"), true);

  /** The connection, which is nobody's business here. */
  private static final AsyncExecRuntime NONE =
      (AsyncExecRuntime)
          Proxy.newProxyInstance(
              AsyncExecRuntime.class.getClassLoader(),
              new Class<?>[] {AsyncExecRuntime.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method.getName());
              });

  private final List<HttpRequest> sent = new ArrayList<>();
  private int asked;

  private static HttpRoute route(String kind) {
    return switch (kind) {
      case "direct" -> new HttpRoute(TARGET);
      case "proxy" -> new HttpRoute(TARGET, PROXY);
      default -> new HttpRoute(TARGET, null, PROXY, true, TunnelType.TUNNELLED, LayerType.LAYERED);
    };
  }

  @SuppressWarnings("NullAway") // there is no body, and nobody to call back
  private HttpRequest send(String kind, @Nullable Credential proxy, HttpRequest request)
      throws Exception {
    RestRequest first = TestRequests.get("http://a.example/");
    CallContext call = new CallContext(first, SendPermit.ALWAYS, new Object());
    Identity identity = Identity.of(List.of(KEY), first, Identity.Redirects.ALL, "");
    HttpClientContext context = HttpClientContext.create();
    new HopState(identity, call, call.attempt(first)).enter(context);
    new CredentialExecInterceptor(
            () -> {
              asked++;
              return proxy;
            })
        .execute(
            request,
            null,
            new AsyncExecChain.Scope(
                "1",
                route(kind),
                request,
                new ComplexCancellable(),
                context,
                NONE,
                null,
                new AtomicInteger(1)),
            (next, entity, scope, callback) -> sent.add(next),
            null);
    assertThat(sent).containsExactly(request);
    return request;
  }

  private static List<String> proxyValues(HttpRequest request) {
    List<String> values = new ArrayList<>();
    for (Header each : request.getHeaders("Proxy-Authorization")) {
      values.add(each.getValue());
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"direct, 0", "tunnel, 0", "proxy, 1"})
  void whenARequestIsReadByAProxyThenThatAloneIsShownItsCredential(String kind, int shown)
      throws Exception {
    HttpRequest request = new BasicHttpRequest("GET", "/p");
    request.addHeader("proxy-authorization", "of the process"); // it is for nobody
    request.addHeader("Proxy-Authorization", "of the hop before");

    send(kind, FOR_PROXY, request);

    assertThat(proxyValues(request)).isEqualTo(shown == 0 ? List.of() : List.of("Basic b3Vycw=="));
    assertThat(asked).isEqualTo(shown);
  }

  @Test
  void whenTheProxyWantsNoCredentialThenItIsShownNone() throws Exception {
    HttpRequest request = new BasicHttpRequest("GET", "/p");
    request.addHeader("Proxy-Authorization", "of the process");

    assertThat(proxyValues(send("proxy", null, request))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"direct", "tunnel", "proxy"})
  void whenTheTargetIsReachedThenItHasTheCredentialsOfTheCallAndHeadersInBytes(String kind)
      throws Exception {
    HttpRequest request = new BasicHttpRequest("GET", "/p");
    request.addHeader("X-Name", "J\u00fcrgen");

    send(kind, FOR_PROXY, request);

    assertThat(request.getPath()).isEqualTo("/p?key=s");
    assertThat(request.getHeader("X-Name").getValue())
        .isEqualTo(new String("J\u00fcrgen".getBytes(UTF_8), ISO_8859_1));
  }
}
