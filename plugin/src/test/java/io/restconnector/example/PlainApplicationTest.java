package io.restconnector.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestCertificates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;
import org.flowable.engine.ProcessEngine;
import org.flowable.task.api.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pieces of the documented {@code main}, on free ports. */
class PlainApplicationTest {

  @Test
  void whenTheWebhookIsCalledThenTheWorkerAsksThePartnerOverTlsWithTheToken(@TempDir Path directory)
      throws Exception {
    TestCertificates certificates = new TestCertificates(directory);
    try (RawServer partner =
        RawServer.startTls(
            certificates.valid(),
            RawServer.always(
                RawServer.response("200 OK\r\nContent-Type: application/json", "42")))) {
      String host = "127.0.0.1:" + partner.port();
      ProcessEngine engine =
          PlainApplication.engine(
              PlainApplication.settings(
                  PlainApplication.trust(certificates.trustStore(), "changeit"),
                  Map.of(
                      "PARTNER_TOKEN", "t-1",
                      "ORDERS_TOKEN", "t-2",
                      "PARTNER_HOST", host)),
              host);
      Tomcat tomcat = PlainApplication.tomcat(engine, 0);
      try {
        int port = tomcat.getConnector().getLocalPort();
        int status =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(
                            URI.create(
                                "http://127.0.0.1:%d/rest-connector/events/orders".formatted(port)))
                        .header("Authorization", "Bearer t-2")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"item\": \"lamp\"}"))
                        .build(),
                    BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(202);

        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> engine.getTaskService().createTaskQuery().count() == 1);

        Task check = engine.getTaskService().createTaskQuery().singleResult();
        assertThat(engine.getTaskService().getVariable(check.getId(), "price")).hasToString("42");
        assertThat(partner.requests())
            .singleElement()
            .asString()
            .startsWith("GET /prices/lamp ")
            .contains("Authorization: Bearer t-1");
      } finally {
        tomcat.stop();
        tomcat.destroy();
        engine.close();
      }
    }
  }
}
