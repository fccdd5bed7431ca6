package io.restconnector.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import io.restconnector.http.EgressSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.HttpClientCustomizer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpClientCustomizerTest {

  private static final String OK = RawServer.response("200 OK", "");

  // tag::local[]
  /** Lets all calls leave by one address of this machine. */
  record LocalAddress(InetAddress address) implements HttpClientCustomizer {

    @Override
    public void customize(Builders builders) {
      builders
          .client()
          .setRoutePlanner(
              new DefaultRoutePlanner(null) {
                @Override
                protected InetAddress determineLocalAddress(HttpHost first, HttpContext context) {
                  return address;
                }
              });
    }
  }

  // end::local[]

  @Test
  void whenALocalAddressIsSetThenCallsComeFromIt() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CallEngine engine =
            ExtendedEngine.start(builder -> builder.httpClient(new LocalAddress(loopback(2))))) {
      CompletableFuture<String> peer =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read();
                  socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
                  return socket.getInetAddress().getHostAddress();
                } catch (Exception failed) {
                  throw new IllegalStateException(failed);
                }
              });
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      engine.run("p", Map.of("restUrl", "http://127.0.0.1:" + server.getLocalPort() + "/"));

      assertThat(peer.get(10, TimeUnit.SECONDS)).isEqualTo("127.0.0.2");
    }
  }

  static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Each tries to reach an address that the egress guard denies. */
  static Stream<HttpClientCustomizer> waysAround() {
    DnsResolver toLoopback =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        };
    return Stream.of(
        builders -> {},
        builders -> builders.connections().setDnsResolver(toLoopback),
        builders ->
            builders
                .client()
                .setRoutePlanner(
                    (target, context) ->
                        new HttpRoute(
                            new HttpHost(
                                "http",
                                InetAddress.getLoopbackAddress(),
                                "allowed.example.com",
                                target.getPort()))),
        builders ->
            builders
                .client()
                .setRoutePlanner(
                    (target, context) ->
                        new HttpRoute(
                            target, null, new HttpHost("127.0.0.1", target.getPort()), false)),
        builders ->
            builders
                .client()
                .setRoutePlanner(
                    (target, context) ->
                        new HttpRoute(
                            target,
                            null,
                            new HttpHost(
                                "http",
                                InetAddress.getLoopbackAddress(),
                                "allowed.example.com",
                                target.getPort()),
                            false)));
  }

  @ParameterizedTest
  @MethodSource("waysAround")
  void whenACustomizerLeadsAroundTheEgressGuardThenTheCallIsDeniedAllTheSame(
      HttpClientCustomizer customizer) throws Exception {
    RestConnectorSettings strict =
        RestConnectorSettings.defaults()
            .withHttp(
                HttpSettings.defaults()
                    .withEgress(
                        EgressSettings.defaults()
                            .withMode(EgressSettings.Mode.STRICT)
                            .withDeny(List.of("127.0.0.0/8", "::1"))));
    try (RawServer server = RawServer.answering(OK);
        CallEngine engine =
            ExtendedEngine.start(builder -> builder.settings(strict).httpClient(customizer))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      CallEngine.Outcome outcome = engine.run("p", Map.of("restUrl", server.url("/")));

      assertThat(outcome.code()).isEqualTo("INVALID_INPUT");
      assertThat(server.accepted()).isZero();
    }
  }

  @Test
  void whenACustomizerPlansAProxyThenTheTargetIsDecidedOn() throws Exception {
    RestConnectorSettings denying =
        RestConnectorSettings.defaults()
            .withHttp(
                HttpSettings.defaults()
                    .withEgress(EgressSettings.defaults().withDeny(List.of("198.51.100.0/24"))));
    try (RawServer proxy = RawServer.answering(OK);
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder
                        .settings(denying)
                        .httpClient(
                            builders ->
                                builders
                                    .client()
                                    .setProxy(new HttpHost("127.0.0.1", proxy.port()))))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      assertThat(engine.run("p", Map.of("restUrl", "http://198.51.100.7/")).code())
          .isEqualTo("INVALID_INPUT");
      assertThat(proxy.accepted()).isZero();
      assertThat(engine.run("p", Map.of("restUrl", "http://203.0.113.7/")).code())
          .isEqualTo("none");
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void whenACustomizerTrustsEverybodyThenCertificatesAreVerifiedAllTheSame(@TempDir Path directory)
      throws Exception {
    var trustingTls =
        ClientTlsStrategyBuilder.create()
            .setSslContext(
                SSLContextBuilder.create().loadTrustMaterial((chain, type) -> true).build())
            .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
            .buildAsync();
    try (RawServer server =
            RawServer.startTls(
                new TestCertificates(directory).ofOtherHost(), RawServer.always(OK));
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder.httpClient(
                        builders -> builders.connections().setTlsStrategy(trustingTls)))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      CallEngine.Outcome outcome = engine.run("p", Map.of("restUrl", server.url("/")));

      assertThat(outcome.code()).isEqualTo("BAD_GATEWAY");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void whenACustomizerTakesOutTimeoutsAndSizesThenThoseOfTheSettingsHold() throws Exception {
    HttpClientCustomizer endless =
        builders -> {
          builders
              .request()
              .setConnectionRequestTimeout(Timeout.DISABLED)
              .setResponseTimeout(Timeout.DISABLED);
          builders.connections().setMaxConnTotal(1000).setMaxConnPerRoute(1000);
        };
    try (RawServer silent = RawServer.start(peer -> peer.readRequest());
        RawServer large = RawServer.answering(RawServer.response("200 OK", "x".repeat(2000)));
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder
                        .settings(
                            RestConnectorSettings.defaults()
                                .withHttp(HttpSettings.defaults().withMaxResponseSize(1000)))
                        .httpClient(endless))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      assertThat(engine.run("p", Map.of("restUrl", silent.url("/"), "timeout", 200)).code())
          .isEqualTo("REQUEST_TIMEOUT");
      assertThat(engine.run("p", Map.of("restUrl", large.url("/"))).error())
          .endsWith("got a response larger than 1000 bytes");
    }
  }
}
