package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import io.restconnector.worker.WorkerSettings;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.flowable.engine.ManagementService;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that come later: the job asks for them, and its first request is sent once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateAnswersTest {

  private static final String DONE = "{\"state\":\"done\",\"n\":7}";
  private static final String RUNNING = "{\"state\":\"running\"}";
  private static final String UNTIL_DONE = "\"until\": \"${restResult.state == 'done'}\"";

  private static final RestConnectorSettings SETTINGS =
      RestConnectorSettings.defaults()
          .withWorker(WorkerSettings.defaults().withPollInterval(Duration.ofMillis(20)))
          .withHttp(
              HttpSettings.defaults()
                  .withAccess(
                      AccessSettings.defaults()
                          .withSecrets(Map.of("token", Secret.of("t0ken")))
                          .withAuthentications(
                              Map.of("crm", AuthenticationSettings.bearer("token")))));

  private static final String CATCH =
      """
      <boundaryEvent id="caught" attachedToRef="call"><extensionElements>
        <flowable:in source="errorCode" target="code"/>
        <flowable:in source="errorMessage" target="message"/></extensionElements>
        <errorEventDefinition/></boundaryEvent>
      <sequenceFlow sourceRef="caught" targetRef="failed"/><userTask id="failed"/>
      """;

  private final DataSource database = PlainEngines.database();
  private WorkerEngine node;

  @BeforeAll
  void start() {
    node = WorkerEngine.start(database, SETTINGS);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  /** The first request is a POST to /jobs; the other requests have what follows, then the last. */
  private static RawServer server(String first, String... later) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    UnaryOperator<String> answer =
        request ->
            request.startsWith("POST")
                ? first
                : later[Math.min(asked.getAndIncrement(), later.length - 1)];
    return RawServer.start(RawServer.replying(answer));
  }

  private static String json(String status, String body) {
    return RawServer.response(status + "\r\nContent-Type: application/json", body);
  }

  private static String accepted(String headers) {
    return json("202 Accepted" + headers, "{\"id\":1}");
  }

  private String begin(String id, RawServer server, String poll, Map<String, Object> variables) {
    return begin(
        id,
        "flowable:type=\"external-worker\" flowable:topic=\"restPost\"",
        server,
        poll,
        CATCH,
        variables);
  }

  private String begin(
      String id,
      String binding,
      RawServer server,
      String poll,
      String caught,
      Map<String, Object> variables) {
    node.unchecked()
        .deploy(
            id,
            """
            <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
            <serviceTask id="call" %s><extensionElements>
              <flowable:field name="poll"><flowable:string><![CDATA[%s]]></flowable:string></flowable:field>
            </extensionElements></serviceTask>
            <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>%s
            """
                .formatted(binding, poll, caught));
    Map<String, Object> all = new HashMap<>(Map.of("restUrl", server.url("/jobs?key=geheim")));
    all.put("requestPayload", Map.of("a", 1));
    all.putAll(variables);
    return node.begin(id, all);
  }

  private static long posts(RawServer server) {
    return server.requests().stream().filter(request -> request.startsWith("POST")).count();
  }

  private static List<String> questions(RawServer server) {
    return server.requests().stream().filter(request -> request.startsWith("GET")).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "location          | Location: /jobs/1                | /jobs/1",
        "location          | Location: jobs/1?sig=s%3D        | /jobs/1?sig=s%3D",
        "location          | Location: {url}/jobs/1           | /jobs/1",
        "location          | Location: ?id=1                  | /jobs?id=1",
        "location          | Location: /a b/{x}               | /a%20b/%7Bx%7D",
        "operation-location| Operation-Location: /jobs/1      | /jobs/1",
        "${'/jobs/'.concat(restResult.id)} | X: y             | /jobs/1",
      })
  void whenTheAnswerSaysWhereThenTheStatusIsAskedThereUntilItIsDone(
      String from, String header, String asked) throws IOException {
    AtomicInteger asks = new AtomicInteger();
    String[] url = new String[1];
    try (RawServer server =
        RawServer.start(
            RawServer.replying(
                request ->
                    request.startsWith("POST")
                        ? accepted("\r\n" + header.replace("{url}", url[0]))
                        : json("200 OK", asks.incrementAndGet() < 3 ? RUNNING : DONE)))) {
      url[0] = server.url("");
      String instance =
          begin(
              "asked",
              server,
              "{%s, \"every\": 1, \"from\": \"%s\"}".formatted(UNTIL_DONE, from),
              Map.of(
                  "authentication", "crm", "requestHeaders", Map.of("X-A", "b", "If-Match", "1")));

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(posts(server)).isEqualTo(1);
      assertThat(questions(server))
          .hasSize(3)
          .allSatisfy(
              question ->
                  assertThat(question)
                      .startsWith("GET " + asked + " HTTP/1.1\r\n")
                      .contains("\r\nAuthorization: Bearer t0ken\r\n", "\r\nX-A: b\r\n")
                      .doesNotContain("Content-", "Idempotency-Key", "If-Match", "\"a\""));
      assertThat(node.variable(instance, "restStatus")).isEqualTo(200);
      assertThat(node.variable(instance, "restResult")).hasToString(DONE);
      assertThat(node.variable(instance, "restError")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // until at once, and without until
        "{%s}  | 200 OK        | {\"state\":\"done\",\"n\":7}    | 0",
        "{%s}  | 202 Accepted  | {\"state\":\"done\",\"n\":7}    | 0",
        "{%s}  | 202 Accepted  | {\"state\":\"running\"} | 1",
        "{%s}  | 200 OK        | {\"state\":\"running\"} | 1",
        "{%s}  | 201 Created   | {}                 | 1",
        "{%s}  | 202 Accepted  | no JSON            | 1",
        "{%s}  | 202 Accepted  | ''                 | 1",
        "{}    | 202 Accepted  | {}                 | 1",
        "{}    | 200 OK        | {}                 | 0",
        "{\"until\": \"${restResult.done}\"} | 200 OK | {} | 1",
      })
  void whenAnAnswerIsTheLastOneThenNothingIsAsked(
      String poll, String status, String body, int questions) throws IOException {
    String first =
        RawServer.response(
            status
                + "\r\nLocation: /1\r\nContent-Type: "
                + (body.startsWith("{") ? "application/json" : "text/plain"),
            body);
    try (RawServer server = server(first, json("200 OK", "{\"state\":\"done\",\"done\":true}"))) {
      String instance =
          begin(
              "last",
              server,
              poll.replace("%s", UNTIL_DONE + ", \"every\": 1")
                  .replace("{}", "{\"every\": 1}")
                  .replace("}\"}", "}\", \"every\": 1}"),
              Map.of());

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(questions(server)).hasSize(questions);
      assertThat(posts(server)).isEqualTo(1);
    }
  }

  @Test
  void whenAQuestionIsRedirectedToTheResultThenThatIsTheLastAnswer() throws IOException {
    try (RawServer server =
        server(
            accepted("\r\nLocation: /jobs/1"),
            RawServer.response("303 See Other\r\nLocation: /results/1", ""),
            json("200 OK", DONE))) {
      String instance = begin("redirected", server, "{\"every\": 1}", Map.of());

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(questions(server))
          .satisfiesExactly(
              question -> assertThat(question).startsWith("GET /jobs/1 "),
              result -> assertThat(result).startsWith("GET /results/1 "));
      assertThat(node.variable(instance, "restResult")).hasToString(DONE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/jobs/new, 1,    /v2/jobs/1",
    "/v2/jobs/new, /1,   /1",
    "/v2/jobs?b=1, ?c=2, /v2/jobs?c=2",
  })
  void whenTheFirstRequestWasRedirectedThenTheStatusUrlIsRelativeToTheLastUrl(
      String redirect, String location, String asked) throws IOException {
    try (RawServer server =
        RawServer.start(
            RawServer.replying(
                request ->
                    request.startsWith("POST /jobs")
                        ? RawServer.response("308 Permanent Redirect\r\nLocation: " + redirect, "")
                        : request.startsWith("POST")
                            ? accepted("\r\nLocation: " + location)
                            : json("200 OK", DONE)))) {
      String instance = begin("moved", server, "{\"every\": 1}", Map.of());

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(questions(server))
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("GET " + asked + " ");
    }
  }

  @Test
  void whenTheFirstRequestWasRedirectedToAnotherOriginThenItsRelativeStatusUrlIsNotAsked()
      throws IOException {
    try (RawServer other = server(accepted("\r\nLocation: /1"), json("200 OK", DONE));
        RawServer server =
            server(
                RawServer.response("307 Moved\r\nLocation: " + other.url("/jobs"), ""),
                json("200 OK", DONE))) {
      String instance = begin("away", server, "{\"every\": 1}", Map.of("authentication", "crm"));

      assertThat(node.task(instance)).isEqualTo("failed");
      assertThat(node.variable(instance, "message"))
          .asString()
          .endsWith(" answered 202 with a status URL of another origin, which is not asked");
      assertThat(questions(server)).isEmpty();
      assertThat(questions(other)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X: y                          | location | without a status URL, which poll.from wants from the header location",
        "Location: http://127.0.0.1:1/geheim | location | with a status URL of another origin, which is not asked",
        "Location: http://u:geheim@h/  | location | with a status URL that is no http or https URL",
        "Location: ftp://h/geheim      | location | with a status URL that is no http or https URL",
        "Location: /geheim             | operation-location | without a status URL, which poll.from wants from the header operation-location",
        "Location: /geheim             | ${restResult.href} | without a status URL, which poll.from wants from ${restResult.href}",
        "Location: /geheim             | ${restResult.id}   | with a status URL that is no String, which poll.from wants from ${restResult.id}",
      })
  void whenTheAnswerGivesNoStatusUrlThenItIsABadGatewayAndNothingElseIsSent(
      String header, String from, String told) throws IOException {
    try (RawServer server = server(accepted("\r\n" + header), json("200 OK", DONE))) {
      String instance =
          begin(
              "noUrl",
              server,
              "{\"from\": \"%s\"}".formatted(from),
              Map.of("authentication", "crm"));

      assertThat(node.task(instance)).isEqualTo("failed");
      assertThat(node.variable(instance, "code")).isEqualTo("BAD_GATEWAY");
      assertThat(node.variable(instance, "message"))
          .isEqualTo("POST " + server.url("/jobs") + " answered 202 " + told)
          .isEqualTo(node.variable(instance, "restError"));
      assertThat(node.variable(instance, "restStatus")).isEqualTo(202);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void whenNothingCatchesThatThenTheFirstRequestIsNotSentAgain() throws IOException {
    try (RawServer server = server(accepted(""))) {
      String instance = begin("uncaught", WORKER, server, "{}", "", Map.of());

      await().until(() -> !deadLetters(instance).isEmpty());
      assertThat(posts(server)).isEqualTo(1);
      assertThat(deadLetters(instance).get(0).getExceptionMessage()).contains("BAD_GATEWAY");
    }
  }

  private static final String WORKER =
      "flowable:type=\"external-worker\" flowable:topic=\"restPost\"";

  private List<Job> deadLetters(String instance) {
    return node.engine
        .getManagementService()
        .createDeadLetterJobQuery()
        .processInstanceId(instance)
        .list();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // never done: as often as max says, or as long as timeout
        "{%s, \"every\": 1, \"max\": 3} | 60000 | {\"state\":\"running\"} | REQUEST_TIMEOUT | 200 | was not done when its status had been asked 3 times",
        "{%s, \"every\": 60000} | 50000 | {\"state\":\"running\"} | REQUEST_TIMEOUT | 202 | was not done, and its timeout of 50000 ms passes before its status may be asked again",
        "{\"until\": \"${restResult.state}\", \"every\": 1} | 60000 | {\"state\":\"running\"} | UNKNOWN_ERROR | 200 | poll.until of activity 'call' is the expression ${restResult.state}, which gives a java.lang.String, wanted a Boolean",
        "{\"until\": \"${missing.state}\", \"every\": 1} | 60000 | {\"state\":\"running\"} | UNKNOWN_ERROR | 200 | poll.until of activity 'call' is the expression ${missing.state}, which cannot be evaluated",
      })
  void whenItIsNeverDoneThenThePollEndsWithTheOutputsOfTheLastAnswer(
      String poll, int timeout, String body, String code, int status, String told)
      throws IOException {
    try (RawServer server = server(accepted("\r\nLocation: /geheim"), json("200 OK", body))) {
      String instance =
          begin("never", server, poll.replace("%s", UNTIL_DONE), Map.of("timeout", timeout));

      assertThat(node.task(instance)).isEqualTo("failed");
      assertThat(node.variable(instance, "code")).isEqualTo(code);
      assertThat(node.variable(instance, "message"))
          .asString()
          .contains(told)
          .doesNotContain("geheim");
      assertThat(node.variable(instance, "restStatus")).isEqualTo(status);
      assertThat(posts(server)).isEqualTo(1);
    }
  }

  /** A bean of the application. */
  public static class Shop implements Serializable {
    private static final long serialVersionUID = 1;

    public boolean sold(Object answer) {
      throw new BpmnError("sold out!", "of the\napplication");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"until\": \"${shop.sold(restStatus)}\"} | 202 | 0",
        "{\"from\": \"${shop.sold(restStatus)}\"}  | 202 | 0",
        "{\"until\": \"${restStatus == 200 and shop.sold(restStatus)}\", \"every\": 1} | 200 | 1",
      })
  void whenTheApplicationRaisesAnErrorThenTheTaskTakesItsPath(
      String poll, int status, int questions) throws IOException {
    try (RawServer server = server(accepted("\r\nLocation: /1"), json("200 OK", RUNNING))) {
      String instance = begin("raised", server, poll, Map.of("shop", new Shop()));

      assertThat(node.task(instance)).isEqualTo("failed");
      assertThat(node.variable(instance, "code")).isEqualTo("sold out!");
      assertThat(node.variable(instance, "restError")).isEqualTo("of the application");
      assertThat(node.variable(instance, "restStatus")).isEqualTo(status);
      assertThat(posts(server)).isEqualTo(1);
      assertThat(questions(server)).hasSize(questions);
    }
  }

  @Test
  void whenTheTimeoutHasPassedThenItIsARequestTimeoutAndNothingIsAsked() throws IOException {
    try (RawServer server =
        server(accepted("\r\nLocation: /geheim"), json("202 Accepted", RUNNING))) {
      String instance = begin("late", server, "{\"every\": 100}", Map.of("timeout", 1000));

      assertThat(node.task(instance)).isEqualTo("failed");
      assertThat(node.variable(instance, "code")).isEqualTo("REQUEST_TIMEOUT");
      assertThat(node.variable(instance, "message"))
          .asString()
          .contains("1000 ms", "POST " + server.url("/jobs"))
          .doesNotContain("geheim");
    }
  }

  @Test
  void whenTheStatusFailsThenTheTaskSaysHowOftenItIsTried() throws IOException {
    try (RawServer server =
        server(
            accepted("\r\nLocation: /geheim"),
            RawServer.response("503 Busy", ""),
            RawServer.response("502 Bad", ""),
            json("200 OK", DONE))) {
      String instance =
          begin("retried", server, "{\"every\": 1}", Map.of("maxAttempts", 3, "retryBackoff", 1));

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(posts(server)).isEqualTo(1);
      assertThat(questions(server)).hasSize(3);
    }
  }

  @Test
  void whenTheStatusFailsAndNothingCatchesItThenTheJobAsksAgainAndDoesNotSendAgain()
      throws IOException {
    try (RawServer server =
            server(
                accepted("\r\nLocation: /geheim"),
                json("202 Accepted", RUNNING),
                RawServer.response("500 Bad", ""),
                RawServer.response("404 Gone", ""),
                RawServer.response("500 Bad", ""),
                json("200 OK", DONE));
        LoggedEvents log = LoggedEvents.of("io.restconnector")) {
      String instance = begin("failing", WORKER, server, "{\"every\": 1}", "", Map.of());

      await().until(() -> !deadLetters(instance).isEmpty());
      Job dead = deadLetters(instance).get(0);
      assertThat(dead.getExceptionMessage())
          .contains("INTERNAL_SERVER_ERROR", "answered 500", "POST " + server.url("/jobs"));
      assertThat(dead.getExceptionMessage()).doesNotContain("geheim");
      ManagementService management = node.engine.getManagementService();
      management.moveDeadLetterJobToExecutableJob(dead.getId(), 3);

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(posts(server)).isEqualTo(1);
      assertThat(questions(server)).hasSize(5);
      assertThat(log.messages()).noneMatch(line -> line.contains("geheim"));
    }
  }

  @Test
  void whenTheStatusFailsThenABoundaryEventCatchesIt() throws IOException {
    try (RawServer server =
        server(accepted("\r\nLocation: /geheim"), RawServer.response("410 Gone", ""))) {
      String instance = begin("gone", server, "{\"every\": 1}", Map.of());

      assertThat(node.task(instance)).isEqualTo("failed");
      assertThat(node.variable(instance, "code")).isEqualTo("GONE");
      assertThat(node.variable(instance, "message"))
          .isEqualTo(
              "GET %s answered 410 (asked for the status of POST %s)"
                  .formatted(server.url(""), server.url("/jobs")));
      assertThat(node.variable(instance, "restStatus")).isEqualTo(410);
    }
  }

  @Test
  void whenTheServiceSaysWhenThenItIsAskedThenAndNotBefore() throws IOException {
    try (RawServer server =
        server(accepted("\r\nLocation: /1\r\nRetry-After: 3600"), json("200 OK", DONE))) {
      String instance = begin("whenAsked", server, "{\"every\": 1}", Map.of("timeout", 86_400_000));

      await().until(() -> server.requests().size() == 1 && !waiting(instance).isEmpty());
      ExternalWorkerJob job = waiting(instance).get(0);
      assertThat(job.getLockOwner()).isNull();
      assertThat(job.getLockExpirationTime().toInstant())
          .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3600));
      assertThat(job.getRetries()).isEqualTo(3);
      assertThat(io.restconnector.worker.internal.Job.of(job, RestAction.POST).waitingSince())
          .isEqualTo(job.getLockExpirationTime().toInstant());
      await().until(() -> node.worker().status().inFlight() == 0);

      node.runtime().suspendProcessInstanceById(instance);
      node.runtime().activateProcessInstanceById(instance);
      assertThat(node.task(instance)).as("an activated job is free at once").isEqualTo("done");
      assertThat(posts(server)).isEqualTo(1);
    }
  }

  private List<ExternalWorkerJob> waiting(String instance) {
    return node.jobs().stream()
        .filter(job -> job.getProcessInstanceId().equals(instance))
        .filter(job -> job.getLockOwner() == null && job.getCustomValues() != null)
        .toList();
  }

  @Test
  void whenAnInstanceIsDeletedThenNothingOfItsPollIsLeft() throws IOException {
    try (RawServer server = server(accepted("\r\nLocation: /1"), json("200 OK", DONE))) {
      String instance = begin("deleted", server, "{\"every\": 20000}", Map.of());
      await().until(() -> !waiting(instance).isEmpty());
      node.runtime().deleteProcessInstance(instance, "test");

      assertThat(leftovers()).isZero();
      assertThat(server.requests()).hasSize(1);
    }
  }

  private long leftovers() {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select count(*) from ACT_GE_BYTEARRAY where NAME_ = 'jobCustomValues'")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flowable:delegateExpression=\"${restPost}\" | {} | poll is a field of a delegate",
        "flowable:class=\"io.restconnector.call.PostDelegate\" | {} | poll is a field of a delegate",
        "flowable:type=\"external-worker\" flowable:topic=\"restPost\" | {\"every\": \"${timeout}\"} | poll.every is an Integer out of range, wanted 1 to 86400000",
        "flowable:type=\"external-worker\" flowable:topic=\"restPost\" | {\"max\": \"${missing.max}\"} | poll.max is the expression ${missing.max}",
        "flowable:type=\"external-worker\" flowable:topic=\"restPost\" | {\"until\": \"done\"} | poll.until is no expression, wanted one that gives a Boolean",
        "flowable:type=\"external-worker\" flowable:topic=\"restPost\" | {\"to\": \"x\"} | poll is a JSON map with the unknown property to",
        "flowable:type=\"external-worker\" flowable:topic=\"restPost\" | [] | poll is a JSON ARRAY, wanted a JSON map",
      })
  void whenAPollIsWrongThenItIsAnInvalidInputAndNothingIsSent(
      String binding, String poll, String told) throws IOException {
    try (RawServer server = server(json("200 OK", DONE))) {
      String instance =
          begin("wrong", binding, server, poll, CATCH, Map.of("timeout", 86_400_001L));

      assertThat(node.task(instance)).isEqualTo("failed");
      assertThat(node.variable(instance, "code")).isEqualTo("INVALID_INPUT");
      assertThat(node.variable(instance, "message")).asString().contains("'call'", told);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void whenAPollIsDataThenItsTextIsNotEvaluated() throws IOException {
    try (RawServer server = server(accepted("\r\nLocation: /1"), json("200 OK", DONE))) {
      String binding =
          WORKER
              + "><extensionElements><flowable:field name=\"poll\" expression=\"${poll}\"/></extensionElements></serviceTask><serviceTask id=\"unused\" "
              + WORKER;
      for (String[] row :
          new String[][] {
            {"{\"every\": 1}", "done"}, {"{\"until\": \"${restResult.done}\"}", "failed"}
          }) {
        String instance = begin("data", binding, server, "{}", CATCH, Map.of("poll", row[0]));

        assertThat(node.task(instance)).as(row[0]).isEqualTo(row[1]);
      }
      assertThat(posts(server)).isEqualTo(1);
    }
  }

  @Test
  void whenTheLastAnswerComesThenTheMappingCounts() throws IOException {
    try (RawServer server = server(accepted("\r\nLocation: /1"), json("200 OK", DONE))) {
      String binding =
          WORKER
              + "><extensionElements><flowable:field name=\"outputMapping\"><flowable:string><![CDATA[{\"n\": \"${restResult.n}\"}]]></flowable:string></flowable:field><flowable:field name=\"poll\" stringValue='{\"every\": 1}'/></extensionElements></serviceTask><serviceTask id=\"unused\" "
              + WORKER;
      String instance = begin("mapped", binding, server, "{}", CATCH, Map.of());

      assertThat(node.task(instance)).isEqualTo("done");
      assertThat(node.variable(instance, "n")).hasToString("7");
      assertThat(node.runtime().getVariables(instance)).doesNotContainKey("restStatus");
    }
  }
}
