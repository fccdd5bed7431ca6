package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.LoopbackTomcat;
import io.restconnector.webhook.WebhookServlet;
import jakarta.servlet.Filter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.FormContentFilter;

class WebhookServletConfigurationTest {

  private final WebApplicationContextRunner application =
      new WebApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "spring.datasource.url=jdbc:h2:mem:webhookServlet;DB_CLOSE_DELAY=60",
              "rest-connector.webhooks.path=/hooks",
              "rest-connector.event-not-match-status=410",
              "flowable.async-executor-activate=false");

  @Test
  void whenApplicationServesHttpThenTheServletIsAtTheConfiguredPathAndFiresInSpringsTransaction() {
    application.run(
        context -> {
          assertThat(context).hasNotFailed();
          ServletRegistrationBean<?> registration =
              context.getBean("restConnectorWebhooks", ServletRegistrationBean.class);
          assertThat(registration.getUrlMappings()).containsExactly("/hooks/*");
          context
              .getBean(RepositoryService.class)
              .createDeployment()
              .addString(
                  "start.channel",
                  """
                  {"key": "start", "channelType": "inbound", "type": "webhook", "path": "start",
                   "status": 202,
                   "action": {"type": "startProcess", "processDefinitionKey": "started"}}
                  """)
              .addString(
                  "started.bpmn20.xml",
                  Bpmn.process(
                      "started",
                      """
                      <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
                      <userTask id="t"/>
                      """))
              .deploy();
          WebhookServlet servlet =
              (WebhookServlet) Objects.requireNonNull(registration.getServlet());

          assertThat(post(servlet, "start")).isEqualTo(202);
          assertThat(post(servlet, "nothing")).isEqualTo(410);
          assertThat(context.getBean(RuntimeService.class).createProcessInstanceQuery().count())
              .isEqualTo(1);
        });
  }

  private static void deploy(ApplicationContext context, String name, String text) {
    context.getBean(RepositoryService.class).createDeployment().addString(name, text).deploy();
  }

  @Test
  void whenSpringReadsTheFormsOfOtherMethodsThenTheTriggerStillGetsThem() {
    application.run(
        context -> {
          deploy(
              context,
              "form.channel",
              """
              {"key": "form", "channelType": "inbound", "type": "webhook", "path": "form",
               "params": {"kind": "new"}, "action": {"type": "none"}}
              """);
          var forms = context.getBean("restConnectorWebhookForms", FilterRegistrationBean.class);
          assertThat(forms.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
          var servlet =
              context.getBean("restConnectorWebhooks", ServletRegistrationBean.class).getServlet();
          MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/hooks/form");
          request.setServletPath("/hooks");
          request.setContentType("application/x-www-form-urlencoded");
          request.setContent("kind=new".getBytes(StandardCharsets.UTF_8));
          MockHttpServletResponse response = new MockHttpServletResponse();
          new MockFilterChain(
                  Objects.requireNonNull(servlet),
                  Objects.requireNonNull(forms.getFilter()),
                  new FormContentFilter())
              .doFilter(request, response);

          assertThat(response.getStatus()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void whenAFilterAsksForAParameterThenTheTriggerStillGetsTheForm(
      String asyncSupported, @TempDir Path directory) {
    application.run(
        context -> {
          deploy(
              context,
              "slash.channel",
              """
              {"key": "slash", "channelType": "inbound", "type": "webhook", "path": "slash",
               "params": {"command": "/order", "team": "a b"}, "action": {"type": "none"}}
              """);
          List<String> asked = new ArrayList<>();
          LoopbackTomcat tomcat = new LoopbackTomcat(directory);
          Context container = tomcat.context;
          // As Spring's HiddenHttpMethodFilter does with every POST.
          for (Filter filter :
              List.of(
                  Objects.requireNonNull(
                      context
                          .getBean("restConnectorWebhookForms", FilterRegistrationBean.class)
                          .getFilter()),
                  (Filter)
                      (request, response, chain) -> {
                        asked.add(request.getParameter("_method") + request.getParameter("team"));
                        chain.doFilter(request, response);
                      })) {
            FilterDef definition = new FilterDef();
            definition.setFilterName("filter" + container.findFilterDefs().length);
            definition.setFilter(filter);
            definition.setAsyncSupported(asyncSupported);
            container.addFilterDef(definition);
            FilterMap mapping = new FilterMap();
            mapping.setFilterName(definition.getFilterName());
            mapping.addURLPattern("/*");
            container.addFilterMap(mapping);
          }
          Tomcat.addServlet(
              container,
              "webhooks",
              Objects.requireNonNull(
                  context
                      .getBean("restConnectorWebhooks", ServletRegistrationBean.class)
                      .getServlet()));
          container.addServletMappingDecoded("/hooks/*", "webhooks");
          try (tomcat) {
            tomcat.start();
            HttpResponse<String> response =
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(URI.create(tomcat.url("/hooks/slash?team=a+b")))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("command=%2Forder"))
                            .build(),
                        BodyHandlers.ofString());

            assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
            assertThat(asked).containsExactly("nulla b");
          }
        });
  }

  @Test
  void whenThereIsNoServletApiThenTheApplicationStartsWithoutTheEndpoint() {
    application
        .withClassLoader(new FilteredClassLoader(ServletRegistrationBean.class))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean("restConnectorWebhooks");
            });
  }

  private static int post(WebhookServlet servlet, String path) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/hooks/" + path);
    request.setServletPath("/hooks");
    MockHttpServletResponse response = new MockHttpServletResponse();
    servlet.service(request, response);
    return response.getStatus();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
