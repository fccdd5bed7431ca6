package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class RestConnectorMetersTest {

  @EnableAutoConfiguration
  static class Application {}

  private static ApplicationContextRunner runner(String... properties) {
    return new ApplicationContextRunner()
        .withPropertyValues("spring.datasource.url=" + TestDatabase.H2.url())
        .withPropertyValues(properties)
        .withUserConfiguration(Application.class);
  }

  private static SimpleMeterRegistry registry(ApplicationContext context) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    context.getBean("restConnectorMeters", MeterBinder.class).bindTo(registry);
    context.getBean(ProcessEngine.class);
    return registry;
  }

  private static CompletableFuture<CallOutcome> send(
      ApplicationContext context, String url, @Nullable String authentication) {
    RestClient client =
        Objects.requireNonNull(
                context.getBean(RestConnectorConfigurator.class).unwrap(RestCalls.class))
            .client();
    return client.send(
        new RestRequest(
            "GET",
            URI.create(url),
            List.of(),
            null,
            Duration.ofSeconds(30),
            false,
            authentication,
            RetrySettings.defaults()));
  }

  @Test
  void whenACallWaitsForAConnectionThenItIsCountedAsWaiting() {
    try (SlowServer server = SlowServer.start()) {
      runner("rest-connector.max-connections-per-host=1")
          .run(
              context -> {
                SimpleMeterRegistry registry = registry(context);
                CompletableFuture<CallOutcome> first = send(context, server.url("/hold"), null);
                await().until(() -> server.open() == 1);
                assertThat(waiting(registry)).isZero();

                CompletableFuture<CallOutcome> second = send(context, server.url("/hold"), null);
                await().until(() -> waiting(registry) == 1);

                server.releaseAll();
                first.join();
                await().until(() -> waiting(registry) == 0);
                second.cancel(false);
              });
    }
  }

  @Test
  void whenOriginsAreCalledThenTheConnectionsOfEachAreCountedByState() {
    try (SlowServer busy = SlowServer.start();
        SlowServer idle = SlowServer.start()) {
      runner()
          .run(
              context -> {
                SimpleMeterRegistry registry = registry(context);
                SimpleMeterRegistry second = registry(context);
                send(context, idle.url("/x"), null).join();
                CompletableFuture<CallOutcome> first = send(context, busy.url("/hold"), null);
                CompletableFuture<CallOutcome> other = send(context, busy.url("/hold"), null);
                await().until(() -> busy.open() == 2);

                await().until(() -> connections(registry, idle, "available") == 1);
                assertThat(connections(registry, idle, "leased")).isZero();
                assertThat(connections(registry, busy, "leased")).isEqualTo(2);
                assertThat(connections(second, busy, "leased")).isEqualTo(2);

                busy.releaseAll();
                first.join();
                other.join();
                await().until(() -> connections(registry, busy, "available") == 2);
              });
    }
  }

  private static double connections(SimpleMeterRegistry registry, SlowServer server, String state) {
    return registry
        .get("rest.connector.connections")
        .tags("origin", server.url(""), "state", state)
        .gauge()
        .value();
  }

  private static double waiting(SimpleMeterRegistry registry) {
    return registry.get("rest.connector.waiting").gauge().value();
  }

  @ParameterizedTest
  @CsvSource({
    "200, '{\"access_token\": \"t\", \"token_type\": \"Bearer\"}', 2xx",
    "200, {}, BadResponse",
    "401, {}, 4xx"
  })
  void whenATokenIsFetchedThenItIsCountedByAuthenticationAndOutcome(
      int status, String body, String outcome) throws Exception {
    String answer =
        "HTTP/1.1 %d Any\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body);
    try (RawServer endpoint = RawServer.answering(answer);
        RawServer resource = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      runner(
              "rest-connector.secrets.client=s",
              "rest-connector.authentications.crm.type=client-credentials",
              "rest-connector.authentications.crm.token-endpoint=" + endpoint.url("/token"),
              "rest-connector.authentications.crm.client-id=id",
              "rest-connector.authentications.crm.secret=client")
          .run(
              context -> {
                SimpleMeterRegistry registry = registry(context);
                send(context, resource.url("/"), "crm").join();

                await()
                    .ignoreExceptions() // the meter comes with the first call
                    .untilAsserted(
                        () ->
                            assertThat(
                                    registry
                                        .get("rest.connector.tokens")
                                        .tags("authentication", "crm", "outcome", outcome)
                                        .functionCounter()
                                        .count())
                                .isEqualTo(1));
              });
    }
  }
}
