package io.restconnector.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.spi.Secret;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;

class BuilderTest {

  @Test
  void whenAllKindsAreAddedThenACallGoesThroughThemAll() throws Exception {
    RestConnectorSettings settings =
        ExtendedEngine.settings(
            AuthenticationSettings.custom(
                "aws-sigv4",
                "key",
                Map.of("access-key-id", "AKID", "region", "eu-central-1", "service", "sqs")));
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    Map<String, Secret> secrets = new ConcurrentHashMap<>();
    InetAddress address = HttpClientCustomizerTest.loopback(3);
    // tag::builder[]
    configuration.addConfigurator(
        RestConnectorConfigurator.builder()
            .settings(settings)
            .interceptor(new CallInterceptorTest.Cache(new ConcurrentHashMap<>()))
            .authentication(new AwsSignature(Clock.systemUTC()))
            .secretSource(new SecretSourceTest.Vault(secrets))
            .httpClient(new HttpClientCustomizerTest.LocalAddress(address))
            .build());
    // end::builder[]
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""));
        CallEngine engine = CallEngine.start(configuration)) {
      engine.deploy("p", CallEngine.byExpression(RestAction.GET));
      for (int call : List.of(1, 2)) {
        assertThat(
                engine
                    .run("p", Map.of("restUrl", server.url("/"), "authentication", "a"))
                    .get("restStatus"))
            .as("call %d", call)
            .isEqualTo(200);
      }
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0)).contains("AWS4-HMAC-SHA256 Credential=AKID/");
    }
  }
}
