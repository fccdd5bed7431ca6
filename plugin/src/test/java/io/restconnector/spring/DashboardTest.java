package io.restconnector.spring;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import io.restconnector.webhook.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the docs, compared with the meters that an application has. */
class DashboardTest {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^(rest_connector_\\w+)(?:\\{(.*)})? ");
  private static final Pattern NAME = Pattern.compile("rest_connector_\\w+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"|(\\w+)!~?=?\"");
  private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");
  private static final Path OPERATIONS = Path.of("../docs/operations.md");

  /** Labels by the name of each sample. */
  private static final Map<String, Set<String>> SAMPLES = new TreeMap<>();

  private static final Set<String> METERS = new TreeSet<>();

  @EnableAutoConfiguration
  static class Application {}

  @BeforeAll
  static void useEverything() throws IOException {
    String token = "{\"access_token\": \"t\", \"token_type\": \"Bearer\"}";
    try (RawServer server =
        RawServer.answering(
            RawServer.response("200 OK\r\nContent-Type: application/json", token))) {
      new ApplicationContextRunner()
          .withPropertyValues(
              "spring.datasource.url=" + TestDatabase.H2.url(),
              "rest-connector.shares.partner.hosts=" + server.url(""),
              "rest-connector.shares.partner.max-in-flight=5",
              "rest-connector.shares.partner.requests-per-second=100",
              "rest-connector.secrets.client=s",
              "rest-connector.authentications.crm.type=client-credentials",
              "rest-connector.authentications.crm.token-endpoint=" + server.url("/token"),
              "rest-connector.authentications.crm.client-id=id",
              "rest-connector.authentications.crm.secret=client")
          .withUserConfiguration(Application.class)
          .run(context -> scrape(context, server.url("/")));
    }
  }

  private static void scrape(ApplicationContext context, String url) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    context.getBean("restConnectorMeters", MeterBinder.class).bindTo(registry);
    Webhooks.of(context.getBean(ProcessEngine.class)).answer("POST", "none", Map.of(), new byte[0]);
    Objects.requireNonNull(context.getBean(RestConnectorConfigurator.class).unwrap(RestCalls.class))
        .client()
        .send(
            new RestRequest(
                "GET",
                URI.create(url),
                List.of(),
                null,
                Duration.ofSeconds(30),
                true,
                "crm",
                RetrySettings.defaults()))
        .join();
    await().until(() -> registry.find("rest.connector.circuit").gauge() != null);
    registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).forEach(METERS::add);
    SAMPLE
        .matcher(registry.scrape())
        .results()
        .forEach(
            sample ->
                SAMPLES.put(
                    sample.group(1), labels(sample.group(2) == null ? "" : sample.group(2))));
  }

  private static Set<String> labels(String text) {
    return LABEL
        .matcher(text)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> names(String expression) {
    return NAME.matcher(expression)
        .results()
        .map(MatchResult::group)
        .collect(toCollection(TreeSet::new));
  }

  private static List<String> expressions() throws IOException {
    JsonNode dashboard =
        JsonMapper.shared().readTree(Files.readString(Path.of("../docs/grafana.json")));
    List<String> expressions = new ArrayList<>(dashboard.findValuesAsString("expr"));
    expressions.addAll(dashboard.findValuesAsString("query"));
    return expressions;
  }

  @Test
  void whenTheDashboardNamesAMeterThenTheMeterHasItsLabels() throws IOException {
    for (String expression : expressions()) {
      Set<String> known = new TreeSet<>(Set.of("instance")); // Prometheus adds it
      for (String name : names(expression)) {
        assertThat(SAMPLES).containsKey(name);
        known.addAll(Objects.requireNonNull(SAMPLES.get(name)));
      }
      Set<String> used = labels(expression);
      GROUPED
          .matcher(expression)
          .results()
          .forEach(by -> used.addAll(List.of(by.group(1).split(", ", -1))));
      assertThat(known).as(expression).containsAll(used);
    }
  }

  @Test
  void whenThereIsAMeterThenTheDashboardAndTheDocsHaveIt() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (String expression : expressions()) {
      names(expression).forEach(name -> shown.add(family(name)));
    }
    assertThat(shown)
        .isEqualTo(
            SAMPLES.keySet().stream()
                .map(DashboardTest::family)
                .collect(toCollection(TreeSet::new)));
    assertThat(METERS).hasSizeGreaterThan(6);
    for (String meter : METERS) {
      assertThat(Files.readString(OPERATIONS)).contains("| `" + meter + "` |");
    }
  }

  private static String family(String sample) {
    return sample.replaceFirst("_(count|sum|max|total)$", "");
  }
}
