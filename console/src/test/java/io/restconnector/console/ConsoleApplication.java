package io.restconnector.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application with the console, in a Tomcat, and a client that sends what it is told to. */
final class ConsoleApplication implements AutoCloseable {

  static final String CONSOLE = "/rest-connector/console";

  /** Both containers are on the class path. */
  static final String JETTY =
      "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

  static final String TOMCAT =
      "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration";

  private static final JsonMapper JSON = new JsonMapper();

  private final ConfigurableApplicationContext context;

  private ConsoleApplication(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts one; what the class loader does not know is not on the class path. */
  static ConsoleApplication start(@Nullable ClassLoader loader, String... properties) {
    return start(loader, Application.class, properties);
  }

  /** Starts one with more beans. */
  static ConsoleApplication startWith(Class<?> configuration, String... properties) {
    return start(null, configuration, properties);
  }

  private static ConsoleApplication start(
      @Nullable ClassLoader loader, Class<?> configuration, String... properties) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "server.port=0",
                    "management.otlp.metrics.export.enabled=false",
                    "spring.autoconfigure.exclude=" + JETTY,
                    "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
                    "rest-connector.console.enabled=true"),
                Arrays.stream(properties))
            .toArray(String[]::new);
    SpringApplicationBuilder builder =
        new SpringApplicationBuilder(Application.class, configuration)
            .web(WebApplicationType.SERVLET)
            .properties(all);
    if (loader != null) {
      builder.resourceLoader(new DefaultResourceLoader(loader));
    }
    return new ConsoleApplication(builder.run());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** An answer. */
  record Answer(int status, List<String> headers, String body) {

    JsonNode json() {
      return JSON.readTree(body);
    }

    @Nullable String header(String name) {
      return headers.stream()
          .filter(each -> each.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(each -> each.substring(name.length() + 1).strip())
          .findFirst()
          .orElse(null);
    }
  }

  /** Sends a GET as a browser on this machine does, with more headers. */
  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  /** Sends what the page sends when it acts. */
  Answer act(String path, String body) {
    return send(
        "POST",
        path,
        body,
        "X-Rest-Connector-Console: 1",
        "Origin: http://localhost:" + port(),
        "Sec-Fetch-Site: same-origin");
  }

  /** Sends exactly these headers, and a Host where they name none; PORT stands for the port. */
  Answer send(String method, String path, String body, String... headers) {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (Arrays.stream(headers).noneMatch(each -> each.startsWith("Host:"))) {
      request.append("Host: localhost:PORT\r\n");
    }
    for (String each : headers) {
      request.append(each).append("\r\n");
    }
    request.append("Content-Length: ").append(body.length()).append("\r\n");
    request.append("Connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      String text = request.toString().replace("PORT", Integer.toString(port()));
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return read(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Answer read(String response) {
    int end = response.indexOf("\r\n\r\n");
    List<String> head = List.of(response.substring(0, end).split("\r\n", -1));
    String body = response.substring(end + 4);
    boolean isChunked = head.stream().anyMatch("Transfer-Encoding: chunked"::equalsIgnoreCase);
    return new Answer(
        Integer.parseInt(head.get(0).split(" ", -1)[1]),
        head.subList(1, head.size()),
        new String(
            (isChunked ? chunks(body) : body).getBytes(StandardCharsets.ISO_8859_1),
            StandardCharsets.UTF_8));
  }

  private static String chunks(String body) {
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (at < body.length()) {
      int begin = body.indexOf("\r\n", at) + 2;
      int length = Integer.parseInt(body.substring(at, begin - 2), 16);
      whole.append(body, begin, begin + length);
      at = length == 0 ? body.length() : begin + length + 2;
    }
    return whole.toString();
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    /** A request with the header Test-Peer comes from that address. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> peers() {
      return factory -> factory.addEngineValves(new PeerValve());
    }
  }

  private static final class PeerValve extends ValveBase {
    PeerValve() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response)
        throws IOException, jakarta.servlet.ServletException {
      String peer = request.getHeader("Test-Peer");
      if (peer != null) {
        request.setRemoteAddr(peer);
      }
      getNext().invoke(request, response);
    }
  }
}
