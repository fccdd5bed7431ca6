package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.RestConnectorSettings;
import io.restconnector.aps.RestCallDelegate;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.EndpointSettings;
import java.util.Map;
import java.util.UUID;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoints and the bean of REST call tasks in a Spring Boot application. */
class EndpointPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RestConnectorAutoConfiguration.class));

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OwnBean {
    @Bean("activiti_restCallDelegate")
    JavaDelegate own() {
      return execution -> execution.setVariable("own", true);
    }
  }

  @Test
  void whenEndpointsAreConfiguredThenNamesWithBlanksAndIdsAreKept() {
    runner
        .withPropertyValues(
            "rest-connector.secrets.pw=x",
            "rest-connector.authentications.demo.type=basic",
            "rest-connector.authentications.demo.username=u",
            "rest-connector.authentications.demo.secret=pw",
            "rest-connector.endpoints.[APS Base].url=https://aps.example.com:8443/activiti-app",
            "rest-connector.endpoints.[APS Base].authentication=demo",
            "rest-connector.endpoints.[APS Base].headers.X-Tenant=t1",
            "rest-connector.endpoints.2002.url=http://inventory:8080")
        .run(
            context ->
                assertThat(context.getBean(RestConnectorSettings.class).http().access().endpoints())
                    .containsOnly(
                        Map.entry(
                            "APS Base",
                            new EndpointSettings(
                                "https://aps.example.com:8443/activiti-app",
                                "demo",
                                Map.of("X-Tenant", "t1"))),
                        Map.entry("2002", new EndpointSettings("http://inventory:8080"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "aps.example.com",
        "ftp://aps.example.com",
        "https://",
        "https://user:pw@aps.example.com",
        "https://aps.example.com?a=1",
        "https://aps.example.com#a",
        "https://aps example.com"
      })
  void whenAUrlIsNoneOfAServiceThenTheStartNamesThePropertyAndNotTheValue(String url) {
    runner
        .withPropertyValues("rest-connector.endpoints.[APS Base].url=" + url)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessage(
                        "rest-connector.endpoints[APS Base]: url is no absolute http or https URL without user info, query and fragment"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [A].authentication=none | rest-connector.endpoints[A].authentication names no authentication under authentications
          [A].headers.[X Y]=1     | rest-connector.endpoints[A]: headers has a name that is no HTTP token, or a value with a control character
          [A].uri=http://b        | rest-connector.endpoints[A].uri is no property of the REST connector, the nearest one is rest-connector.endpoints.A.url
          """)
  void whenAnEndpointIsWrongThenTheStartSaysSo(String property, String message) {
    runner
        .withPropertyValues(
            "rest-connector.endpoints.[A].url=http://a", "rest-connector.endpoints." + property)
        .run(context -> assertThat(context.getStartupFailure()).rootCause().hasMessage(message));
  }

  @Test
  void whenAnExportIsDeployedThenItsTaskCallsTheEndpoint() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", "{}"));
        ConfigurableApplicationContext context =
            application(
                Application.class,
                "rest-connector.endpoints.[APS Base].url=" + server.url("/activiti-app"))) {
      assertThat(context.getBean(RestCallDelegate.BEAN_NAME)).isInstanceOf(RestCallDelegate.class);
      run(context, "<activiti:string>APS Base</activiti:string>");

      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("GET /activiti-app HTTP/1.1\r\n");
    }
  }

  @Test
  void whenTheApplicationHasABeanOfThatNameThenItStaysAndItsTasksAreNotChecked() {
    try (ConfigurableApplicationContext context = application(OwnBean.class)) {
      Map<String, Object> variables =
          run(context, "<activiti:string>What it knows</activiti:string>");

      assertThat(variables).containsEntry("own", true);
    }
  }

  private static ConfigurableApplicationContext application(Class<?> type, String... properties) {
    return new SpringApplicationBuilder(type)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .properties("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID())
        .run();
  }

  private static Map<String, Object> run(ConfigurableApplicationContext context, String name) {
    ProcessEngine engine = context.getBean(ProcessEngine.class);
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "p.bpmn20.xml",
            Bpmn.process(
                "p",
                """
                <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
                <serviceTask id="call" xmlns:activiti="http://activiti.org/bpmn"
                    activiti:delegateExpression="${activiti_restCallDelegate}">
                  <extensionElements>
                    <activiti:field name="baseEndpointName">%s</activiti:field>
                  </extensionElements>
                </serviceTask>
                <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
                """
                    .formatted(name)))
        .deploy();
    String id = engine.getRuntimeService().startProcessInstanceByKey("p").getId();
    return engine.getRuntimeService().getVariables(id);
  }
}
