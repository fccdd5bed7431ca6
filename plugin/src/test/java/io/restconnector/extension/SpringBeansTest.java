package io.restconnector.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.spi.CallAuthentication;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.HttpClientCustomizer;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowable.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Beans take their place side by side, in the order of their {@code @Order}. */
class SpringBeansTest {

  private static final List<String> SEEN = new CopyOnWriteArrayList<>();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }

    @Bean
    @Order(2)
    CallInterceptor second() {
      return seen("second");
    }

    @Bean
    @Order(1)
    CallInterceptor first() {
      return seen("first");
    }

    private static CallInterceptor seen(String name) {
      return chain -> {
        SEEN.add(name);
        return chain.proceed(chain.request());
      };
    }

    @Bean
    CallAuthentication aws() {
      return new AwsSignature(Clock.systemUTC());
    }

    @Bean
    @Order(2)
    SecretSource lastSecrets() {
      return name -> Secret.of("0-Later-Secret");
    }

    @Bean
    @Order(1)
    SecretSource firstSecrets() {
      return name -> name.equals("partner") ? Secret.of("0-First-Secret") : null;
    }

    @Bean
    HttpClientCustomizer userAgent() {
      return builders -> builders.client().setUserAgent("shop/1");
    }
  }

  @Test
  void whenBeansAreThereThenCallsGoThroughThemInTheirOrder() throws Exception {
    SEEN.clear();
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", ""))) {
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "spring.datasource.url=" + TestDatabase.H2.url(),
              "rest-connector.authentications.bearer.type=bearer",
              "rest-connector.authentications.bearer.secret=partner",
              "rest-connector.authentications.aws.type=aws-sigv4",
              "rest-connector.authentications.aws.secret=partner",
              "rest-connector.authentications.aws.properties.region=eu-central-1",
              "rest-connector.authentications.aws.properties.service=sqs",
              "rest-connector.authentications.aws.properties.access-key-id=AKID")
          .run(
              context -> {
                // Spring Boot may have bound the meters to its own already.
                MeterRegistry registry = new SimpleMeterRegistry();
                context.getBean("restConnectorMeters", MeterBinder.class).bindTo(registry);
                ProcessEngine engine = context.getBean(ProcessEngine.class);
                engine
                    .getRepositoryService()
                    .createDeployment()
                    .addString(
                        "p.bpmn20.xml",
                        Bpmn.process(
                            "p",
                            """
                            <startEvent id="s"/>
                            <sequenceFlow id="f" sourceRef="s" targetRef="call"/>
                            <serviceTask id="call" flowable:delegateExpression="${restGet}"/>
                            """))
                    .deploy();
                for (String authentication : List.of("bearer", "aws")) {
                  engine
                      .getRuntimeService()
                      .startProcessInstanceByKey(
                          "p",
                          Map.of("restUrl", server.url("/"), "authentication", authentication));
                }
                assertThat(SEEN).containsExactly("first", "second", "first", "second");
                assertThat(server.requests()).hasSize(2);
                assertThat(server.requests().get(0))
                    .contains("Authorization: Bearer 0-First-Secret", "User-Agent: shop/1");
                assertThat(server.requests().get(1)).contains("/eu-central-1/sqs/aws4_request");
                assertThat(
                        registry.get("rest.connector.calls").timers().stream()
                            .mapToLong(Timer::count)
                            .sum())
                    .isEqualTo(2);
                assertThat(
                        registry
                            .get("rest.connector.connections")
                            .tag("state", "available")
                            .gauge()
                            .value())
                    .isEqualTo(1);
                assertThat(registry.get("rest.connector.waiting").gauge().value()).isZero();
              });
    }
  }
}
