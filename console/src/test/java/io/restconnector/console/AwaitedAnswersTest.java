package io.restconnector.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnector;
import io.restconnector.journal.RequestEntry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.TaskService;
import org.flowable.task.api.Task;
import org.flowable.task.api.TaskQuery;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Requests that wait for a process, in the containers of Spring Boot. */
@Tag("cluster")
class AwaitedAnswersTest {

  private static final int THREADS = 8;
  private static final int REQUESTS = 3 * THREADS;

  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
        <process id="quote"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="t"/>
          <userTask id="t"/><sequenceFlow sourceRef="t" targetRef="e"/><endEvent id="e"/></process>
      </definitions>
      """;
  private static final String CHANNEL =
      """
      {"key": "quote", "channelType": "inbound", "type": "webhook", "path": "quote/{number}",
       "action": {"type": "startProcess", "processDefinitionKey": "quote",
         "businessKey": "${pathVariables.number}"},
       "respond": {"when": "ended", "within": "PT5M", "status": 201,
         "body": {"price": "${result.instance.variables.price}"},
         "answerHeaders": {"X-Of": "${result.instance.businessKey}"}}}
      """;

  @ParameterizedTest
  @CsvSource({"tomcat, " + ConsoleApplication.JETTY, "jetty, " + ConsoleApplication.TOMCAT})
  void whenMoreRequestsWaitThanThereAreThreadsThenEachIsAnsweredByItsProcess(
      String container, String other) throws Exception {
    try (ConsoleApplication application =
        ConsoleApplication.startWith(
            Open.class,
            "spring.autoconfigure.exclude=" + other,
            "server." + container + ".threads.max=" + THREADS,
            "flowable.async-executor-activate=false")) {
      application
          .bean(RepositoryService.class)
          .createDeployment()
          .addString("quote.bpmn20.xml", PROCESS)
          .addString("quote.channel", CHANNEL)
          .deploy();
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        answers.add(client.sendAsync(request(application, i), BodyHandlers.ofString()));
      }
      TaskService tasks = application.bean(TaskService.class);
      for (int i = REQUESTS - 1; i >= 0; i--) {
        tasks.complete(task(tasks, i).getId(), Map.of("price", i));
      }
      for (int i = 0; i < REQUESTS; i++) {
        HttpResponse<String> answer = answers.get(i).get(1, TimeUnit.MINUTES);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("X-Of")).hasValue("q" + i);
        assertThat(answer.body()).isEqualTo("{\"price\":" + i + "}");
      }
      assertThat(RestConnector.of(application.bean(ProcessEngine.class)).journal().requests())
          .hasSize(REQUESTS)
          .extracting(RequestEntry::status)
          .containsOnly(201);
    }
  }

  /** Webhooks prove themselves who they are. */
  @Configuration(proxyBeanMethods = false)
  static class Open {
    @Bean
    SecurityFilterChain open(HttpSecurity http) {
      return http.securityMatcher("/none").build();
    }
  }

  private static HttpRequest request(ConsoleApplication application, int number) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:%d/rest-connector/events/quote/q%d"
                    .formatted(application.port(), number)))
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private static Task task(TaskService tasks, int number) {
    TaskQuery query = tasks.createTaskQuery().processInstanceBusinessKey("q" + number);
    await().until(() -> query.count() == 1);
    return query.singleResult();
  }
}
