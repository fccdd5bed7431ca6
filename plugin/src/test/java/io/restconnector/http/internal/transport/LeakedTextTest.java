package io.restconnector.http.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.EgressSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flowable.engine.ManagementService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that put each credential into each place that they control, and a search for it in all
 * that the connector says of these calls: messages of errors, jobs with their stacks, exceptions,
 * every logger of its own.
 */
class LeakedTextTest {

  /** By what they are to the call; one looks in no way like another. */
  private static final Map<String, String> CREDENTIALS = credentials();

  /** What a server answers, {@code V} standing for the credential. */
  private static final Map<String, String> PLACES = places();

  /** Calls of which only the engine's own lines and stacks are left to search. */
  private static final List<String> TASKS = List.of("caught", "uncaught", "async", "worker");

  private static String logged = "";
  private static int events;
  private static final List<String> OUTCOMES = Collections.synchronizedList(new ArrayList<>());

  /** Where something was said, and what. */
  private static final Map<String, String> SAID = new ConcurrentHashMap<>();

  private static Map<String, String> credentials() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("basic", "basic1PasswordQ");
    all.put("bearer", "bearer2TokenW");
    all.put("header", "header3KeyE");
    all.put("query", "query4KeyR");
    all.put("oauth", "access5TokenT");
    all.put("client", "client6SecretY");
    all.put("proxy", "proxy7PasswordU");
    all.put("ownHeader", "own8HeaderI");
    all.put("ownQuery", "own9QueryO");
    return all;
  }

  private static Map<String, String> places() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String start :
        List.of("HTTP/1.1 500 V", "HTTP/1.1 V", "HTTP/V 200 OK", "V", "V/1.1 200 OK")) {
      all.put("status line " + start, start + "\r\nContent-Length: 0\r\n\r\n");
    }
    for (String status : List.of("200 OK", "500 Oops")) {
      for (String header :
          List.of(
              "V: x",
              "V",
              "V x: y",
              " V",
              "X-Any: V",
              "Set-Cookie: V",
              "WWW-Authenticate: V",
              "Retry-After: V",
              "Content-Encoding: V",
              "Content-Encoding: gzip, V",
              "Content-Encoding: gzip",
              "Content-Encoding: deflate",
              "Content-Type: V",
              "Content-Type: application/json; charset=V",
              "Content-Type: application/json",
              "Content-Type: multipart/mixed; boundary=V",
              "Transfer-Encoding: V",
              "Transfer-Encoding: chunked, V",
              "Content-Length: V",
              "Content-Length: -V",
              "Connection: V",
              "Upgrade: V",
              "Trailer: V")) {
        all.put(status + " " + header, RawServer.response(status + "\r\n" + header, "{V"));
      }
      String chunked = "HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n";
      for (String body :
          List.of(
              "V\r\n",
              "1;V\r\nx\r\nV\r\n",
              "1\r\nxV\r\n0\r\n\r\n",
              "0\r\nV\r\n\r\n",
              "0\r\nX-Any: V\r\n\r\n")) {
        all.put(status + " chunks " + body, chunked + body);
      }
      all.put(status + " long line", RawServer.response(status + "\r\nV: " + "V".repeat(9000), ""));
    }
    for (String location :
        List.of(
            "V://x/",
            "http://V@/",
            "http://[V",
            "http://V:V/",
            "http:///V",
            "mailto:V",
            "http:V",
            "http://V.denied.test/",
            "http://V.invalid/",
            "http://u:V@127.0.0.1:1/",
            "//V..x/",
            "http://127.0.0.1:1/V?V#V",
            "http://V%zz/",
            "loop?V",
            "https://127.0.0.1:1/V",
            "V:V")) {
      all.put("to " + location, RawServer.response("302 Found\r\nLocation: " + location, ""));
    }
    for (String title :
        List.of(
            "V",
            "x V y",
            "a".repeat(195) + "V",
            "V V V V",
            "V\\u0000V",
            "\\u0008V\\n",
            "BASE64",
            "PAIR",
            "<script>V</script>",
            "${V}")) {
      all.put("title " + title, problem("400 Bad", "{\"title\": \"" + title + "\"}"));
    }
    all.put("title of many", problem("503 Busy", "{\"title\": [\"V\"], \"detail\": \"V\"}"));
    all.put("interim", "HTTP/1.1 103 V\r\nV: V\r\n\r\n" + RawServer.response("500 V", "V"));
    all.put("upgrade", "HTTP/1.1 101 V\r\nUpgrade: V\r\n\r\n");
    all.put("unauthorized", RawServer.response("401 V\r\nWWW-Authenticate: V", "V"));
    all.put("cut short", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nV");
    all.put("token error", problem("400 Bad", "{\"error\": \"V\", \"error_description\": \"V\"}"));
    all.put(
        "token type",
        RawServer.response("200 OK", "{\"access_token\":\"t\",\"token_type\":\"V\"}"));
    all.put("token", RawServer.response("200 OK", "{\"access_token\": \"V V\"}"));
    return all;
  }

  private static String problem(String status, String body) {
    return RawServer.response(status + "\r\nContent-Type: application/problem+json", body);
  }

  private static String answer(String place, String credential) {
    String answer =
        Objects.requireNonNull(PLACES.get(place))
            .replace("V", credential)
            .replace("BASE64", base64(credential))
            .replace("PAIR", pair(credential));
    // Credentials have other lengths than V.
    int body = answer.indexOf("\r\n\r\n") + 4;
    return answer.replaceFirst(
        "Content-Length: [0-9]+(?=\r\n)",
        place.equals("cut short")
            ? "Content-Length: 900"
            : "Content-Length: " + (answer.length() - body));
  }

  private static String place(int index) {
    return List.copyOf(PLACES.keySet()).get(index);
  }

  @BeforeAll
  static void call() throws Exception {
    // The path of a request, or the port that a proxy is to connect to, says what is to be
    // answered.
    try (LoggedEvents log = LoggedEvents.of("io.restconnector").at(Level.TRACE).alone();
        RawServer resource = RawServer.start(peer -> echo(peer, ""));
        RawServer proxy = RawServer.start(peer -> echo(peer, "proxy"));
        RawServer idp = RawServer.start(peer -> echo(peer, "client"))) {
      ProcessEngineConfigurationImpl configuration = PlainEngines.configuration();
      configuration.setAsyncExecutorActivate(true);
      configuration.setAsyncExecutorNumberOfRetries(1);
      RestConnectorConfigurator connector =
          RestConnectorConfigurator.builder()
              .settings(RestConnectorSettings.defaults().withHttp(settings(idp, proxy)))
              .interceptor(LeakedTextTest::observe)
              .build();
      configuration.addConfigurator(connector);
      ProcessEngine engine = configuration.buildProcessEngine();
      try {
        deploy(engine);
        for (String kind : CREDENTIALS.keySet()) {
          for (int place = 0; place < PLACES.size(); place++) {
            // Each kind of request meets all; which credential it is matters where text is taken.
            if (List.of("bearer", "client", "proxy").contains(kind)
                || place(place).startsWith("title")
                || place % 5 == 0) {
              start(engine, kind, place, resource.url("/"));
            }
          }
        }
        collect(engine);
      } finally {
        engine.close();
      }
      assertThat(String.join("", resource.requests()))
          .contains(CREDENTIALS.get("bearer"), CREDENTIALS.get("header"), CREDENTIALS.get("query"))
          .contains(CREDENTIALS.get("oauth"), CREDENTIALS.get("ownHeader"));
      assertThat(String.join("", proxy.requests()))
          .contains(base64("ann:" + CREDENTIALS.get("proxy")));
      events = log.events().size();
      logged = log.text();
    }
  }

  private static CompletableFuture<CallOutcome> observe(CallInterceptor.Chain chain) {
    RestRequest request = chain.request();
    CompletableFuture<CallOutcome> sent = chain.proceed(request);
    sent.thenAccept(outcome -> OUTCOMES.add(request + " " + outcome + " " + request.origin()));
    return sent;
  }

  private static void echo(RawServer.Peer peer, String only) throws Exception {
    for (Optional<String> r = peer.readRequest(); r.isPresent(); r = peer.readRequest()) {
      String target = r.get().split(" ", 3)[1];
      if (target.startsWith("/good")) {
        peer.send(
            RawServer.response(
                "200 OK", "{\"access_token\": \"" + CREDENTIALS.get("oauth") + "\"}"));
        continue;
      }
      String[] parts = target.replaceFirst("[?].*", "").split("/", -1);
      String index =
          only.equals("proxy") ? target.replaceAll(".*:([0-9]+).*", "$1") : parts[parts.length - 1];
      String place =
          index.equals("loop")
              ? "to loop?V"
              : place(Integer.parseInt(index) - (only.equals("proxy") ? 1000 : 0));
      String kind = only.isEmpty() ? parts[1] : only;
      peer.send(answer(place, Objects.requireNonNull(CREDENTIALS.get(kind))));
      if (!place.startsWith("to ") && !place.startsWith("title")) {
        peer.finish();
        return;
      }
    }
  }

  private static HttpSettings settings(RawServer idp, RawServer proxy) {
    Map<String, Secret> secrets = new HashMap<>();
    CREDENTIALS.forEach((name, value) -> secrets.put(name, Secret.of(value)));
    // The connector cannot know these but from the call itself.
    List.of("oauth", "ownHeader", "ownQuery").forEach(secrets::remove);
    Map<String, AuthenticationSettings> authentications = new HashMap<>();
    authentications.put("basic", AuthenticationSettings.basic("ann", "basic"));
    authentications.put("bearer", AuthenticationSettings.bearer("bearer"));
    authentications.put("header", AuthenticationSettings.apiKeyHeader("X-Crm", "header"));
    authentications.put("query", AuthenticationSettings.apiKeyQuery("crm", "query"));
    authentications.put("oauth", oauth(idp.url("/good")));
    for (int place = 0; place < PLACES.size(); place++) {
      authentications.put("client" + place, oauth(idp.url("/token/" + place)));
    }
    return HttpSettings.defaults()
        .withEgress(EgressSettings.defaults().withDeny(List.of("*.denied.test")))
        .withAccess(
            AccessSettings.defaults()
                .withSecrets(secrets)
                .withAuthentications(authentications)
                .withProxy(
                    ProxySettings.of("127.0.0.1", proxy.port())
                        .withCredentials("ann", "proxy")
                        .withNoProxy(
                            Stream.concat(
                                    Stream.of("127.0.0.1", "*.invalid", "*.test"),
                                    CREDENTIALS.values().stream())
                                .toList())));
  }

  private static AuthenticationSettings oauth(String endpoint) {
    return AuthenticationSettings.clientCredentials(URI.create(endpoint), "id", "client", null);
  }

  private static void deploy(ProcessEngine engine) {
    for (String task : TASKS) {
      engine
          .getRepositoryService()
          .createDeployment()
          .disableSchemaValidation()
          .addString(
              task + ".bpmn20.xml",
              Bpmn.process(
                  task,
                  """
                  <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
                  <serviceTask id="call" %s/>%s
                  <sequenceFlow sourceRef="call" targetRef="e"/><endEvent id="e"/>
                  """
                      .formatted(
                          task.equals("worker")
                              ? "flowable:type=\"external-worker\" flowable:topic=\"restGet\""
                              : "flowable:delegateExpression=\"${restGet}\" flowable:async=\"%s\""
                                  .formatted(task.equals("async")),
                          task.equals("caught")
                              ? "<boundaryEvent id=\"b\" attachedToRef=\"call\"><errorEventDefinition"
                                  + " flowable:errorMessageVariable=\"said\"/></boundaryEvent>"
                                  + "<sequenceFlow sourceRef=\"b\" targetRef=\"w\"/><userTask id=\"w\"/>"
                              : "")))
          .deploy();
    }
  }

  private static void start(ProcessEngine engine, String kind, int place, String server) {
    Map<String, Object> variables = new HashMap<>();
    // What a proxy sends in place of a tunnel is waited for as long as that.
    variables.put("timeout", kind.equals("proxy") ? 300 : 5000);
    variables.put("restUrl", server + kind + "/" + place);
    switch (kind) {
      case "proxy" ->
          variables.put(
              "restUrl",
              (place % 2 == 0 ? "http" : "https") + "://localhost:" + (1000 + place) + "/");
      case "ownHeader" ->
          variables.put(
              "requestHeaders", "{\"X-Api-Key\": \"%s\"}".formatted(CREDENTIALS.get(kind)));
      case "ownQuery" ->
          variables.put("restUrl", server + kind + "/" + place + "?q=" + CREDENTIALS.get(kind));
      case "client" -> variables.put("authentication", "client" + place);
      default -> variables.put("authentication", kind);
    }
    int turn = place + List.copyOf(CREDENTIALS.keySet()).indexOf(kind);
    for (String task : TASKS) {
      if (!task.equals("caught") && turn % CREDENTIALS.size() != 0) {
        continue; // each place once
      }
      try {
        String instance =
            engine.getRuntimeService().startProcessInstanceByKey(task, variables).getId();
        if (task.equals("caught")) {
          engine
              .getHistoryService()
              .createHistoricVariableInstanceQuery()
              .processInstanceId(instance)
              .list()
              .stream()
              .filter(each -> List.of("said", "restError").contains(each.getVariableName()))
              .forEach(
                  each ->
                      say(each.getVariableName(), kind, place, String.valueOf(each.getValue())));
        }
      } catch (RuntimeException failed) {
        StringWriter text = new StringWriter();
        failed.printStackTrace(new PrintWriter(text));
        say(task, kind, place, text.toString());
      }
    }
  }

  private static void say(String where, String kind, int place, String what) {
    SAID.put(where + " of " + kind + ": " + place(place), what);
  }

  private static void collect(ProcessEngine engine) {
    ManagementService management = engine.getManagementService();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                management.createJobQuery().count()
                        + management.createExternalWorkerJobQuery().count()
                    == 0);
    for (Job job : management.createDeadLetterJobQuery().list()) {
      SAID.put(
          "job " + job.getId(),
          job.getExceptionMessage() + management.getDeadLetterJobExceptionStacktrace(job.getId()));
    }
  }

  /** As RFC 7617 and RFC 6749 send it, where they do. */
  private static String pair(String credential) {
    if (credential.equals(CREDENTIALS.get("client"))) {
      return base64("id:" + credential);
    }
    boolean isBasic =
        credential.equals(CREDENTIALS.get("basic")) || credential.equals(CREDENTIALS.get("proxy"));
    return base64((isBasic ? "ann:" : "") + credential);
  }

  static Stream<String> credentialsInAllForms() {
    return CREDENTIALS.values().stream()
        .flatMap(value -> Stream.of(value, base64(value), pair(value)))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("credentialsInAllForms")
  void whenAServerEchoesACredentialThenNothingThatIsSaidHoldsIt(String credential) {
    SAID.forEach(
        (where, what) -> assertThat(what).as(where).doesNotContainIgnoringCase(credential));
  }

  @ParameterizedTest
  @MethodSource("credentialsInAllForms")
  void whenAServerEchoesACredentialThenNoLoggerOfTheConnectorShowsIt(String credential) {
    assertThat(events).isGreaterThan(400);
    assertThat(logged).doesNotContainIgnoringCase(credential);
  }

  @ParameterizedTest
  @MethodSource("credentialsInAllForms")
  void whenAnOutcomeIsPrintedThenItHoldsNoCredential(String credential) {
    assertThat(OUTCOMES).hasSizeGreaterThan(400);
    assertThat(OUTCOMES)
        .allSatisfy(each -> assertThat(each).doesNotContainIgnoringCase(credential));
  }

  @Test
  void whenACallFailsThenTheMessageIsASentenceOfTheConnector() {
    UnaryOperator<String> errorAt =
        place -> SAID.getOrDefault("restError of bearer: " + place, "null");
    assertThat(errorAt.apply("to mailto:V"))
        .endsWith(" was redirected to what is no http or https URL");
    assertThat(errorAt.apply("to loop?V")).endsWith(" was redirected more than five times");
    assertThat(errorAt.apply("to http://V.denied.test/"))
        .endsWith(" was stopped, it was redirected to a host to which calls are denied");
    assertThat(errorAt.apply("200 OK Content-Encoding: V"))
        .endsWith(" answered with a content coding that is not supported");
    assertThat(errorAt.apply("500 Oops Content-Encoding: V")).endsWith(" answered 500");
    assertThat(errorAt.apply("title x V y")).endsWith(" answered 400: x *** y");
    assertThat(SAID.keySet()).filteredOn(each -> each.startsWith("job ")).hasSizeGreaterThan(50);
    assertThat(SAID)
        .allSatisfy(
            (where, what) -> {
              if (where.startsWith("restError")) {
                assertThat(what).doesNotContain("Exception").doesNotContainPattern("\\p{Cntrl}");
              }
            });
  }

  @AfterAll
  static void forget() {
    logged = "";
    SAID.clear();
    OUTCOMES.clear();
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
