package io.restconnector.console;

import static io.restconnector.console.ConsoleApplication.CONSOLE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application with Actuator, the console and OpenTelemetry, as Spring Boot wires them. Secrets
 * stand in every place of calls and webhook requests, in every encoding; nothing that anybody can
 * read shows one.
 */
@Tag("cluster")
class SecretLeakTest {

  private static final String ACTUATOR = "/actuator/restconnector";
  private static final String KEY = "0-Known/Secret +\"1";
  private static final String CLIENT = "8-Client/Secret";
  private static final String TOKEN = "9-Access/Token";
  private static final List<String> SECRETS = List.of(KEY, CLIENT, TOKEN);

  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
        <process id="p">
          <startEvent id="start"/><sequenceFlow sourceRef="start" targetRef="call"/>
          <serviceTask id="call" flowable:delegateExpression="${restPost}">
            <extensionElements>
              <flowable:field name="authentication"><flowable:expression>${authentication}</flowable:expression></flowable:field>
            </extensionElements>
          </serviceTask>
          <boundaryEvent id="b" attachedToRef="call"><errorEventDefinition/></boundaryEvent>
        </process>
      </definitions>
      """;

  private static final String CHANNELS =
      """
      {"key": "NAME", "channelType": "inbound", "type": "webhook", "path": "NAME/{x}",
       TRUST "early": {"keep": "PT1H"},
       "action": {"type": "signal", "name": "${pathVariables.x}",
         "variables": {"v": "${body}"}}}
      """;

  /** Spring's own spans of requests show the path as it came. */
  private static final AttributeKey<String> OF_SPRING = AttributeKey.stringKey("http.url");

  private final List<String> told = new ArrayList<>();

  /** Spans are kept as they end. */
  @Configuration(proxyBeanMethods = false)
  static class Traced {
    @Bean
    InMemorySpanExporter spans() {
      return InMemorySpanExporter.create();
    }

    @Bean
    SpanProcessor atOnce(InMemorySpanExporter spans) {
      return SimpleSpanProcessor.create(spans);
    }
  }

  /** As a whole, half encoded, encoded twice, in JSON, and in the base64 of more. */
  private static List<String> forms(String secret) {
    String encoded = URLEncoder.encode(secret, UTF_8);
    return List.of(
        encoded.replace("+", "%20"),
        encoded.replace("+", "%20").replaceFirst("%2F", "/").replace("e", "%65"),
        URLEncoder.encode(encoded, UTF_8),
        base64("ann:" + secret),
        base64("x" + secret + "y"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String json(Object value) {
    return new JsonMapper().writeValueAsString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata", "headers", "bodies"})
  void whenSecretsStandEverywhereThenNothingThatCanBeReadShowsOne(String capture)
      throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("io.restconnector");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext("/", SecretLeakTest::answer);
    shop.start();
    String origin = "http://127.0.0.1:" + shop.getAddress().getPort();
    try (ConsoleApplication application = application(capture, origin)) {
      ours.setLevel(Level.DEBUG);
      root.addAppender(lines);
      application
          .bean(RepositoryService.class)
          .createDeployment()
          .addString("p.bpmn20.xml", PROCESS)
          .addString("open.channel", channel("open", ""))
          .addString(
              "basic.channel",
              channel(
                  "basic",
                  "\"authentication\": {\"type\": \"basic\", \"username\": \"ann\", \"secret\": \"key\"},"))
          .addString(
              "signed.channel",
              channel("signed", "\"signature\": {\"scheme\": \"github\", \"secret\": \"key\"},"))
          .deploy();
      calls(application, origin);
      requests(application);
      operations(application, origin);
      reads(application);
      List<String> spans =
          application.bean(InMemorySpanExporter.class).getFinishedSpanItems().stream()
              .filter(each -> each.getAttributes().get(OF_SPRING) == null)
              .map(Object::toString)
              .toList();
      assertThat(spans).hasSizeGreaterThan(50);
      told.addAll(spans);
    } finally {
      root.detachAppender(lines);
      ours.setLevel(null);
      shop.stop(0);
    }
    told.add(lines.list.stream().map(SecretLeakTest::line).collect(Collectors.joining("\n")));
    for (String each : told) {
      assertShowsNothing(each);
    }
    String all = String.join("\n", told);
    assertThat(all).contains("NOT_FOUND", "\"Kept\"", "INVALID_INPUT", "refused a request");
    assertThat(all.contains("visible")).isEqualTo(capture.equals("bodies"));
  }

  private static String line(ILoggingEvent event) {
    return event.getLoggerName()
        + " "
        + event.getFormattedMessage()
        + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage());
  }

  private static String channel(String name, String trust) {
    return CHANNELS.replace("NAME", name).replace("TRUST", trust);
  }

  private static ConsoleApplication application(String capture, String origin) {
    return ConsoleApplication.startWith(
        Traced.class,
        "spring.autoconfigure.exclude="
            + ConsoleApplication.JETTY
            + ",org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
            + ",org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
        "management.endpoints.web.exposure.include=*",
        "management.tracing.sampling.probability=1",
        "rest-connector.operations.actions=true",
        "rest-connector.journal.capture=" + capture,
        "rest-connector.secrets.key=" + KEY,
        "rest-connector.secrets.client=" + CLIENT,
        "rest-connector.authentications.basic.type=basic",
        "rest-connector.authentications.basic.username=ann",
        "rest-connector.authentications.basic.secret=key",
        "rest-connector.authentications.header.type=api-key",
        "rest-connector.authentications.header.header=X-Crm",
        "rest-connector.authentications.header.secret=key",
        "rest-connector.authentications.query.type=api-key",
        "rest-connector.authentications.query.query-parameter=crm",
        "rest-connector.authentications.query.secret=key",
        "rest-connector.authentications.oauth.type=client-credentials",
        "rest-connector.authentications.oauth.token-endpoint=" + origin + "/token",
        "rest-connector.authentications.oauth.client-id=shop",
        "rest-connector.authentications.oauth.secret=client");
  }

  /** Gives a token; else gives back, in places and encodings of its own, what it was sent. */
  private static void answer(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    boolean isToken = exchange.getRequestURI().getPath().equals("/token");
    byte[] body =
        json(isToken
                ? Map.of("access_token", TOKEN, "token_type", "Bearer")
                : Map.of(
                    "seen",
                    "visible",
                    "head",
                    exchange.getRequestHeaders().toString(),
                    "target",
                    exchange.getRequestURI().toString(),
                    "title",
                    "refused " + String.join(" ", forms(KEY)) + " " + KEY + TOKEN,
                    "body",
                    new String(sent, UTF_8)))
            .getBytes(UTF_8);
    for (String secret : SECRETS) {
      exchange.getResponseHeaders().add("Set-Cookie", "s=" + URLEncoder.encode(secret, UTF_8));
      forms(secret).forEach(form -> exchange.getResponseHeaders().add("X-Echo", form));
      exchange.getResponseHeaders().add("Link", "</next/" + forms(secret).get(1) + ">; rel=next");
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(isToken ? 200 : 404, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, String> bodies(String secret) {
    String encoded = URLEncoder.encode(secret, UTF_8);
    return Map.of(
        "application/json",
            json(Map.of("a", secret, "b", forms(secret), "c", Map.of(secret, List.of(secret)))),
        "application/x-www-form-urlencoded", "a=" + encoded + "&token=t&b=" + forms(secret).get(1),
        "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + secret + "\r\n--b--\r\n",
        "text/plain", secret + " " + String.join(" ", forms(secret)));
  }

  /** The payload of a task for multipart: of every kind of part, in every place of one. */
  private static String parts(String secret) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("text", secret);
    parts.put("forms", forms(secret));
    parts.put("token", "visible");
    parts.put(secret, "visible");
    parts.put(
        "json",
        Map.of("contentType", "application/json", "value", Map.of(secret, List.of(secret))));
    parts.put("xml", Map.of("contentType", "text/xml", "value", "<a b='" + secret + "'/>"));
    parts.put(
        "file",
        Map.of(
            "filename", secret, "contentType", "text/plain", "base64", base64("x" + secret + "y")));
    return json(parts);
  }

  private static List<String> targets(String secret) {
    List<String> targets = new ArrayList<>();
    for (String form : forms(secret).subList(0, 3)) {
      targets.add("/in/" + form + "?q=" + form + "&crm=" + form);
    }
    return targets;
  }

  /** The token comes first: nobody can know that a text is one before it was given. */
  private void calls(ConsoleApplication application, String origin) {
    for (String authentication : List.of("oauth", "basic", "header", "query")) {
      for (String target : targets(KEY)) {
        bodies(KEY)
            .forEach(
                (type, body) -> {
                  if (!type.startsWith("multipart")) {
                    start(application, variables(authentication, origin + target, type, body));
                  }
                });
      }
      String target = origin + targets(KEY).get(0);
      start(application, variables(authentication, target, "multipart/form-data", parts(KEY)));
    }
    String withUser = origin.replace("//", "//ann:" + forms(KEY).get(0) + "@");
    start(application, variables("basic", withUser + "/in", "text/plain", "x"));
  }

  private static Map<String, Object> variables(
      String authentication, String url, String type, String body) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("authentication", authentication);
    variables.put("restUrl", url);
    variables.put("requestPayload", body);
    variables.put(
        "requestHeaders",
        Map.of("Content-Type", type, "X-Echo", forms(KEY).get(1), "Cookie", "a=" + base64(KEY)));
    return variables;
  }

  private static void start(ConsoleApplication application, Map<String, Object> variables) {
    application.bean(RuntimeService.class).startProcessInstanceByKey("p", variables);
  }

  private static void requests(ConsoleApplication application) {
    for (String path : List.of("open", "basic", "signed", "nowhere")) {
      for (String target : targets(KEY)) {
        bodies(KEY)
            .forEach(
                (type, body) ->
                    application.send(
                        "POST",
                        "/rest-connector/events" + target.replace("/in/", "/" + path + "/"),
                        body,
                        "Content-Type: " + type,
                        "Authorization: Basic " + base64("ann:" + KEY),
                        "X-Hub-Signature-256: sha256=" + base64(KEY),
                        "X-Echo: " + forms(KEY).get(1),
                        "Cookie: a=" + forms(KEY).get(2)));
      }
    }
  }

  private void operations(ConsoleApplication application, String origin) {
    String target = targets(KEY).get(1);
    Map<String, Object> task =
        Map.of(
            "definition", "p",
            "activity", "call",
            "variables",
                variables("query", origin + target, "text/plain", String.join(" ", forms(KEY))));
    for (String operation : List.of("preview", "send")) {
      told.add(post(application, operation, json(task)));
    }
    Map<String, Object> sample =
        Map.of(
            "method", "POST",
            "target", target.substring(1).replace("in/", "open/"),
            "headers", Map.of("Content-Type", "text/plain", "X-Echo", KEY),
            "body", String.join(" ", forms(KEY)));
    told.add(post(application, "explain", json(sample)));
    told.add(application.act(CONSOLE + "/api/explain", json(sample)).body());
    for (String operation : List.of("explain", "replay")) {
      told.add(post(application, operation, "{\"request\": 0}"));
      told.add(application.act(CONSOLE + "/api/requests/0/" + operation, "").body());
    }
  }

  private static String post(ConsoleApplication application, String operation, String body) {
    return application
        .send("POST", ACTUATOR + "/" + operation, body, "Content-Type: application/json")
        .body();
  }

  private void reads(ConsoleApplication application) {
    for (String path : List.of("", "/early", "/kept", "/deadletters")) {
      told.add(read(application, ACTUATOR + path));
    }
    for (String path : List.of("overview", "early", "instances")) {
      told.add(read(application, CONSOLE + "/api/" + path));
    }
    for (String list : List.of("calls", "requests")) {
      String entries = read(application, ACTUATOR + "/" + list + "?size=1000");
      told.add(entries);
      told.add(read(application, CONSOLE + "/api/" + list));
      for (JsonNode each : new JsonMapper().readTree(entries).get("entries").values()) {
        String id = "/" + list + "/" + each.get("id").asLong();
        told.add(read(application, ACTUATOR + id));
        told.add(read(application, CONSOLE + "/api" + id));
      }
    }
    for (String meter : List.of("calls", "webhooks", "tokens", "webhooks.early")) {
      told.add(read(application, "/actuator/metrics/rest.connector." + meter));
    }
    for (String endpoint : List.of("env", "configprops", "health", "beans")) {
      told.add(read(application, "/actuator/" + endpoint));
    }
  }

  private static String read(ConsoleApplication application, String path) {
    ConsoleApplication.Answer answer = application.get(path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.body();
  }

  /** Neither as it is, nor in any encoding, nor inside of base64. */
  private static void assertShowsNothing(String text) {
    String decoded = text;
    for (int layer = 0; layer < 5; layer++) {
      String lower = decoded.toLowerCase(Locale.ROOT);
      assertThat(lower)
          .doesNotContain("0-known", "known/secret", "8-client", "client/secret")
          .doesNotContain("9-access", "access/token");
      decoded = decodedOnce(decoded);
    }
    for (String secret : SECRETS) {
      for (String before : List.of("", "x", "xy")) {
        String encoded = base64(before + secret + "zz");
        assertThat(text).doesNotContain(encoded.substring(4, encoded.length() - 8));
      }
    }
  }

  private static String decodedOnce(String text) {
    String escaped = text.replaceAll("%(?![0-9a-fA-F]{2})", "%25").replace("+", "%2B");
    return URLDecoder.decode(escaped, ISO_8859_1).replace("\\/", "/").replace("\\\"", "\"");
  }
}
