package io.restconnector.extension;

import static io.restconnector.extension.ExtendedEngine.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretSourceTest {

  private static final String OK = RawServer.response("200 OK", "");

  // tag::vault[]
  /** Secrets that another thread renews. */
  record Vault(Map<String, Secret> secrets) implements SecretSource {

    @Override
    public Secret find(String name) {
      return secrets.get(name);
    }
  }

  // end::vault[]

  static Stream<Arguments> sent() {
    return Stream.of(
        Arguments.of(AuthenticationSettings.bearer("k"), "Authorization: Bearer %s"),
        Arguments.of(AuthenticationSettings.apiKeyHeader("X-Key", "k"), "X-Key: %s"),
        Arguments.of(AuthenticationSettings.apiKeyQuery("key", "k"), "GET /?key=%s "));
  }

  @ParameterizedTest
  @MethodSource("sent")
  void whenASecretChangesWhileTheEngineRunsThenTheNextCallHasTheNewOne(
      AuthenticationSettings authentication, String expected) throws Exception {
    Map<String, Secret> secrets = new ConcurrentHashMap<>(Map.of("k", Secret.of("first")));
    try (RawServer server = RawServer.answering(OK);
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder
                        .settings(ExtendedEngine.settings(authentication))
                        .secretSource(new Vault(secrets)))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      Map<String, Object> call = Map.of("restUrl", server.url("/"), "authentication", "a");
      engine.run("p", call);
      secrets.put("k", Secret.of("second"));
      engine.run("p", call);
      secrets.remove("k");
      CallEngine.Outcome without = engine.run("p", call);

      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(0)).contains(expected.formatted("first"));
      assertThat(server.requests().get(1)).contains(expected.formatted("second"));
      assertThat(without.error()).endsWith("was not sent, authentication 'a' gave no credentials");
    }
  }

  @Test
  void whenTheSecretOfATokenClientChangesThenTheNextTokenRequestHasTheNewOne() throws Exception {
    Map<String, Secret> secrets = new ConcurrentHashMap<>(Map.of("k", Secret.of("first")));
    try (RawServer idp =
            RawServer.answering(
                RawServer.response("200 OK", "{\"access_token\":\"t\",\"expires_in\":0}"));
        RawServer server = RawServer.answering(OK);
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder
                        .settings(
                            ExtendedEngine.settings(
                                AuthenticationSettings.clientCredentials(
                                    URI.create(idp.url("/token")), "id", "k", null)))
                        .secretSource(new Vault(secrets)))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      Map<String, Object> call = Map.of("restUrl", server.url("/"), "authentication", "a");
      engine.run("p", call);
      secrets.put("k", Secret.of("second"));
      engine.run("p", call);

      assertThat(idp.requests()).hasSize(2);
      assertThat(idp.requests().get(0)).contains("Basic aWQ6Zmlyc3Q=");
      assertThat(idp.requests().get(1)).contains("Basic aWQ6c2Vjb25k");
    }
  }

  @Test
  void whenThePasswordOfTheProxyChangesThenTheNextRequestHasTheNewOne() throws Exception {
    Map<String, Secret> secrets = new ConcurrentHashMap<>(Map.of("k", Secret.of("first")));
    try (RawServer proxy = RawServer.answering(OK);
        CallEngine engine =
            ExtendedEngine.start(
                builder -> {
                  var settings = ExtendedEngine.settings(AuthenticationSettings.bearer("key"));
                  var http = settings.http();
                  return builder
                      .settings(
                          settings.withHttp(
                              http.withAccess(
                                  http.access()
                                      .withProxy(
                                          ProxySettings.of("127.0.0.1", proxy.port())
                                              .withCredentials("id", "k")))))
                      .secretSource(new Vault(secrets));
                })) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      Map<String, Object> call = Map.of("restUrl", "http://198.51.100.7/");
      engine.run("p", call);
      secrets.put("k", Secret.of("second"));
      engine.run("p", call);

      assertThat(proxy.requests()).hasSize(2);
      assertThat(proxy.requests().get(0)).contains("Basic aWQ6Zmlyc3Q=");
      assertThat(proxy.requests().get(1)).contains("Basic aWQ6c2Vjb25k");
    }
  }

  @Test
  void whenASourceFailsOrHasNoneThenTheNextOneAndTheSettingsAreAsked() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        CallEngine engine =
            ExtendedEngine.start(
                builder ->
                    builder
                        .settings(ExtendedEngine.settings(AuthenticationSettings.bearer("key")))
                        .secretSource(
                            name -> {
                              throw new IllegalStateException("0-Other-Secret");
                            })
                        .secretSource(name -> null))) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      engine.run("p", Map.of("restUrl", server.url("/"), "authentication", "a"));

      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0)).contains("Bearer " + SECRET);
    }
  }

  @Test
  void whenNobodyHasTheSecretAtStartThenTheStartFails() {
    assertThatThrownBy(
            () ->
                ExtendedEngine.start(
                    builder ->
                        builder
                            .settings(
                                ExtendedEngine.settings(AuthenticationSettings.bearer("0-Name")))
                            .secretSource(name -> null)))
        .hasStackTraceContaining(
            "authentications.a.secret is not the name of a secret under rest-connector.secrets")
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("0-Name"));
  }
}
