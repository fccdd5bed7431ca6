package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call of a job, which gets an idempotency key, keeps whatever else its task asks for. */
class KeyedCallTest {

  private static final RestConnectorSettings SETTINGS =
      RestConnectorSettings.defaults()
          .withHttp(
              HttpSettings.defaults()
                  .withAccess(
                      AccessSettings.defaults()
                          .withSecrets(Map.of("token", Secret.of("t0ken")))
                          .withAuthentications(
                              Map.of("crm", AuthenticationSettings.bearer("token")))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flowable:type=\"external-worker\" flowable:topic=\"restPost\"",
        "flowable:delegateExpression=\"${restPost}\" flowable:async=\"true\""
      })
  void whenACallGetsAKeyThenItIsStillAuthenticatedAndRetried(String binding) throws Exception {
    Iterator<String> answers =
        List.of(
                RawServer.response("503 Busy", ""),
                RawServer.response("502 Gone", ""),
                RawServer.response("200 OK", "ok"))
            .iterator();
    try (RawServer server = RawServer.start(RawServer.replying(request -> answers.next()));
        WorkerEngine node = WorkerEngine.start(PlainEngines.database(), SETTINGS)) {
      node.deploy(
          "keyed",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
          <serviceTask id="call" %s/>
          <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
          """
              .formatted(binding));
      String instance =
          node.begin(
              "keyed",
              Map.of(
                  "restUrl",
                  server.url("/"),
                  "authentication",
                  "crm",
                  "maxAttempts",
                  3,
                  "retryBackoff",
                  1));

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(node.variable(instance, "restStatus")).isEqualTo(200);
      assertThat(server.requests())
          .hasSize(3)
          .containsOnly(server.requests().get(0))
          .allSatisfy(
              request ->
                  assertThat(request)
                      .contains("\r\nAuthorization: Bearer t0ken\r\n", "\r\nIdempotency-Key: "));
    }
  }
}
