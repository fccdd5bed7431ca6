package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.internal.RestClient;
import io.restconnector.spi.CallOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ShareMetersTest {

  private static final String PREFIX = "rest.connector.share.";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private SlowServer partner;
  private SlowServer other;

  @EnableAutoConfiguration
  static class Application {}

  @BeforeEach
  void start() {
    partner = SlowServer.start();
    other = SlowServer.start();
  }

  @AfterEach
  void stop() {
    partner.close();
    other.close();
  }

  private void run(Consumer<RestClient> test, String... properties) {
    new ApplicationContextRunner()
        .withPropertyValues("spring.datasource.url=" + TestDatabase.H2.url())
        .withPropertyValues(properties)
        .withUserConfiguration(Application.class)
        .run(
            context -> {
              context.getBean("restConnectorMeters", MeterBinder.class).bindTo(registry);
              context.getBean(ProcessEngine.class);
              RestCalls calls =
                  context.getBean(RestConnectorConfigurator.class).unwrap(RestCalls.class);
              test.accept(Objects.requireNonNull(calls).client());
            });
  }

  private double gauge(String meter) {
    return registry.get(PREFIX + meter).tag("share", "partner").gauge().value();
  }

  private double attempts(String outcome) {
    return registry
        .get(PREFIX + "attempts")
        .tags("share", "partner", "outcome", outcome)
        .functionCounter()
        .count();
  }

  @Test
  void whenCallsTakeAndWaitForPlacesThenTheirShareIsCountedAndNoOtherHost() {
    run(
        client -> {
          CompletableFuture<CallOutcome> held =
              client.send(TestRequests.get(partner.url("/hold?key=geheim")));
          await().until(() -> partner.open() == 1);
          CompletableFuture<CallOutcome> waits =
              client.send(TestRequests.get(partner.url("/next")));
          CompletableFuture<CallOutcome> elsewhere =
              client.send(TestRequests.get(other.url("/hold")));
          await().until(() -> other.open() == 1);

          assertThat(gauge("in.flight")).isEqualTo(1);
          assertThat(gauge("waiting")).isEqualTo(1);
          assertThat(attempts("Taken")).isEqualTo(1);

          client
              .send(
                  TestRequests.within(
                      Duration.ofMillis(20), TestRequests.get(partner.url("/late"))))
              .join();
          assertThat(attempts("TimedOut")).isEqualTo(1);
          assertThat(gauge("stopped")).isZero();
          assertThat(gauge("max.in.flight")).isEqualTo(1);
          assertThat(gauge("max.rate")).isEqualTo(500);

          partner.releaseAll();
          other.releaseAll();
          CompletableFuture.allOf(held, waits, elsewhere).join();
          assertThat(attempts("Taken")).isEqualTo(2);
          assertThat(attempts("Left")).isZero();
          assertThat(gauge("in.flight")).isZero();
        },
        "rest-connector.shares.partner.hosts=" + partner.url(""),
        "rest-connector.shares.partner.max-in-flight=1",
        "rest-connector.shares.partner.requests-per-second=500");
    assertThat(registry.getMeters())
        .map(Meter::getId)
        .filteredOn(id -> id.getName().startsWith(PREFIX))
        .hasSize(9)
        .allMatch(id -> "partner".equals(id.getTag("share")));
  }

  @Test
  void whenALimitIsNotSetThenItHasNoMeter() {
    run(
        client -> client.send(TestRequests.get(partner.url("/x"))).join(),
        "rest-connector.shares.partner.hosts=" + partner.url(""),
        "rest-connector.shares.partner.max-in-flight=3");

    assertThat(gauge("max.in.flight")).isEqualTo(3);
    assertThat(registry.find(PREFIX + "max.rate").meters()).isEmpty();
    assertThat(attempts("Taken")).isEqualTo(1);
  }

  @Test
  void whenNoShareIsConfiguredThenThereIsNoMeterOfShares() {
    run(client -> client.send(TestRequests.get(partner.url("/x"))).join());

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .contains("rest.connector.calls")
        .noneMatch(name -> name.startsWith(PREFIX));
  }
}
