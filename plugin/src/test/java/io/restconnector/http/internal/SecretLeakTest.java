package io.restconnector.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.ProxyServer;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.spi.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs calls with known secrets, well and in every way that they can fail, and then looks for the
 * secrets wherever the engine and the connector leave anything.
 */
class SecretLeakTest {

  private static final String JDBC_URL = "jdbc:h2:mem:secretLeak;DB_CLOSE_DELAY=60";
  private static final String PROXY_PASSWORD = "0-Proxy-Secret";
  private static final String TOKEN = "0-Access-Token";

  /** By the name of the authentication that each belongs to. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "basic", "1-Basic-Secret",
          "bearer", "2-Bearer-Secret",
          "header", "3-Header-Secret",
          "query", "4-Query-Secret",
          "oauth", "5-OAuth-Secret",
          "down", "6-Down-Secret",
          "refused", "7-Refused-Secret");

  private static final List<String> FOUND_BY_NOBODY =
      Stream.of(
              SECRETS.values().stream(),
              Stream.of(PROXY_PASSWORD, TOKEN),
              Stream.of(base64("ann:1-Basic-Secret"), base64("ann:" + PROXY_PASSWORD)),
              SECRETS.values().stream().map(secret -> base64("id:" + secret)))
          .flatMap(each -> each)
          .toList();

  private static final Map<String, LoggedEvents> LOGS = new HashMap<>();
  private static final Map<String, String> FAILURES = new LinkedHashMap<>();
  private static HttpSettings settings;
  private static String database;

  @BeforeAll
  static void run() throws Exception {
    listen("io.restconnector");
    listen("org.flowable");
    listen("org.apache.hc");
    try (RawServer resource =
            RawServer.start(
                peer -> {
                  for (var r = peer.readRequest(); r.isPresent(); r = peer.readRequest()) {
                    serve(peer, r.get().split(" ", 3)[1]);
                  }
                });
        RawServer idp =
            RawServer.answering(
                RawServer.response("200 OK", "{\"access_token\": \"" + TOKEN + "\"}"));
        RawServer nobody = RawServer.answering(RawServer.response("401 Unauthorized", ""));
        ProxyServer proxy = new ProxyServer("Basic " + base64("ann:" + PROXY_PASSWORD))) {
      settings = settings(idp, nobody, proxy);
      ProcessEngineConfigurationImpl configuration =
          new StandaloneInMemProcessEngineConfiguration();
      configuration.setJdbcUrl(JDBC_URL).setDatabaseSchemaUpdate("true").setHistory("full");
      configuration.addConfigurator(
          new RestConnectorConfigurator(RestConnectorSettings.defaults().withHttp(settings)));
      ProcessEngine engine = configuration.buildProcessEngine();
      try {
        execute(engine, resource);
        database = dump();
      } finally {
        engine.close();
      }
      assertThat(String.join("", resource.requests()))
          .contains(base64("ann:1-Basic-Secret"))
          .contains(TOKEN, "2-Bearer-Secret", "3-Header-Secret", "4-Query-Secret");
      assertThat(proxy.heads()).isNotEmpty();
    }
  }

  private static void serve(RawServer.Peer peer, String path) throws Exception {
    switch (path.replaceAll("[?].*", "")) {
      case "/ok" -> peer.send(RawServer.response("200 OK", "{}"));
      case "/401" -> peer.send(RawServer.response("401 Unauthorized", ""));
      case "/500" -> peer.send(RawServer.response("500 Oops", ""));
      case "/loop" -> peer.send(RawServer.response("302 Found\r\nLocation: /loop", ""));
      case "/nonsense" -> peer.send("nonsense\r\n\r\n");
      case "/reset" -> peer.reset();
      case "/large" -> peer.send(RawServer.response("200 OK", "x".repeat(20_000)));
      default -> peer.awaitClose();
    }
  }

  private static HttpSettings settings(RawServer idp, RawServer nobody, ProxyServer proxy) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    SECRETS.forEach((name, value) -> secrets.put(name, Secret.of(value)));
    secrets.put("proxy", Secret.of(PROXY_PASSWORD));
    Map<String, AuthenticationSettings> authentications =
        Map.of(
            "basic", AuthenticationSettings.basic("ann", "basic"),
            "bearer", AuthenticationSettings.bearer("bearer"),
            "header", AuthenticationSettings.apiKeyHeader("X-Crm", "header"),
            "query", AuthenticationSettings.apiKeyQuery("crm", "query"),
            "oauth", oauth(idp.url("/"), "oauth"),
            "refused", oauth(nobody.url("/"), "refused"),
            "down", oauth("http://127.0.0.1:1/", "down"));
    return HttpSettings.defaults()
        .withMaxResponseSize(10_000)
        .withAccess(
            AccessSettings.defaults()
                .withSecrets(secrets)
                .withAuthentications(authentications)
                .withProxy(
                    ProxySettings.of("127.0.0.1", proxy.port())
                        .withCredentials("ann", "proxy")
                        .withNoProxy(List.of("127.0.0.1"))));
  }

  private static AuthenticationSettings oauth(String endpoint, String secret) {
    return AuthenticationSettings.clientCredentials(URI.create(endpoint), "id", secret, null);
  }

  private static void execute(ProcessEngine engine, RawServer resource) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("uncaught.bpmn20.xml", process("uncaught", "", ""))
        .addString("async.bpmn20.xml", process("async", "flowable:async=\"true\"", ""))
        .addString(
            "caught.bpmn20.xml",
            process(
                "caught",
                "",
                "<boundaryEvent id=\"b\" attachedToRef=\"call\"><errorEventDefinition/>"
                    + "</boundaryEvent><sequenceFlow sourceRef=\"b\" targetRef=\"w\"/>"))
        .deploy();
    for (String authentication : SECRETS.keySet()) {
      for (String path : List.of("ok", "401", "500", "loop", "nonsense", "reset", "large")) {
        start(engine, authentication, resource.url("/" + path));
      }
      start(engine, authentication, "no URL");
    }
    start(engine, "query", resource.url("/silent"));
    start(engine, "oauth", resource.url("/silent"));
    // Through the proxy, which has no way to this name.
    start(engine, "bearer", "https://nowhere.invalid:444/");
    start(engine, "basic", "http://nowhere.invalid:81/");
    for (Job job : engine.getManagementService().createJobQuery().list()) {
      try {
        engine.getManagementService().executeJob(job.getId());
      } catch (RuntimeException failed) {
        FAILURES.put("job " + job.getId(), print(failed));
      }
    }
  }

  private static void start(ProcessEngine engine, String authentication, String url) {
    RuntimeService runtime = engine.getRuntimeService();
    for (String process : List.of("caught", "uncaught", "async")) {
      try {
        runtime
            .createProcessInstanceBuilder()
            .processDefinitionKey(process)
            .variable("authentication", authentication)
            .variable("restUrl", url)
            .variable("timeout", 300)
            .start();
      } catch (RuntimeException failed) {
        FAILURES.put(authentication + " " + url, print(failed));
      }
    }
  }

  private static String process(String id, String attributes, String boundary) {
    return Bpmn.process(
        id,
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:class="io.restconnector.call.GetDelegate" %s/>
        <sequenceFlow sourceRef="call" targetRef="w"/>%s<userTask id="w"/>
        """
            .formatted(attributes, boundary));
  }

  /** Every value of every row of every table; byte arrays in the encodings that hold text. */
  private static String dump() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(JDBC_URL, "sa", "")) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          connection.getMetaData().getTables(null, "PUBLIC", null, new String[] {"BASE TABLE"})) {
        while (found.next()) {
          tables.add(found.getString("TABLE_NAME"));
        }
      }
      assertThat(tables).hasSizeGreaterThan(30);
      for (String table : tables) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select * from " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              boolean binary = rows.getMetaData().getColumnTypeName(i).startsWith("BINARY");
              byte[] bytes = binary ? rows.getBytes(i) : null;
              all.append(
                  bytes == null
                      ? (binary ? "" : rows.getString(i))
                      : new String(bytes, ISO_8859_1) + new String(bytes, UTF_16BE));
              all.append('\n');
            }
          }
        }
      }
    }
    return all.toString();
  }

  static List<String> secrets() {
    return FOUND_BY_NOBODY;
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void whenTheDatabaseIsSearchedThenASecretIsNotThere(String secret) {
    assertThat(database)
        .contains("answered 401", "answered 500", "did not end within", "larger than 10000")
        .contains("got no connection", "got no valid HTTP response", "restUrl is", "'down'")
        .doesNotContain(secret);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void whenCallsFailedThenNoExceptionHoldsASecret(String secret) {
    assertThat(FAILURES).hasSizeGreaterThan(30);
    assertThat(String.join("\n", FAILURES.values())).doesNotContain(secret);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void whenEverythingIsLoggedThenNoLoggerOfTheConnectorOrTheEngineShowsASecret(String secret) {
    assertThat(logged("io.restconnector")).isNotEmpty().doesNotContain(secret);
    assertThat(logged("org.flowable")).isNotEmpty().doesNotContain(secret);
  }

  /** The query of a URL is the exception, which is documented. */
  @ParameterizedTest
  @MethodSource("secrets")
  void whenTheHttpClientLogsEverythingThenItShowsNoSecretOfAHeader(String secret) {
    if (!secret.equals(SECRETS.get("query"))) {
      assertThat(logged("org.apache.hc")).contains("X-Crm: ***").doesNotContain(secret);
    }
  }

  @Test
  void whenARequestHasHeadersOfItsOwnThenTheHttpClientLogsNoneOfTheirValues() throws Exception {
    List<Header> headers =
        List.of(
            new BasicHeader("X-Own", "8-Own-Secret"), new BasicHeader("Cookie", "8-Own-Secret"));
    try (RestClient client = new RestClient(HttpSettings.defaults());
        RawServer server = RawServer.answering(RawServer.response("200 OK", ""))) {
      client.send(TestRequests.request("GET", server.url("/"), headers, null)).get();
      assertThat(server.requests().get(0)).contains("X-Own: 8-Own-Secret");
    }
    assertThat(logged("org.apache.hc")).contains("X-Own: ***").doesNotContain("8-Own-Secret");
  }

  @Test
  void whenSettingsArePrintedThenNoSecretIsThere() {
    RestConnectorSettings all = RestConnectorSettings.defaults().withHttp(settings);

    assertThat(all.toString()).contains("X-Crm", "ann").doesNotContain(FOUND_BY_NOBODY);
  }

  @AfterAll
  static void stopListening() {
    LOGS.values().forEach(LoggedEvents::close);
  }

  private static void listen(String name) {
    LOGS.put(name, LoggedEvents.of(name).at(Level.DEBUG).alone());
  }

  private static String logged(String logger) {
    return Objects.requireNonNull(LOGS.get(logger)).text();
  }

  private static String print(Throwable failed) {
    StringWriter text = new StringWriter();
    failed.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
