package io.restconnector.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers the console's page with its files, and with JSON below {@code api}. */
final class ConsoleServlet extends HttpServlet {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cache-Control", "no-store");

  private static final String API = "api/";
  private static final int MAX_BODY = 1 << 20;

  private final transient ConsoleApi api;
  private final transient JsonMapper json = new JsonMapper();

  ConsoleServlet(ConsoleApi api) {
    this.api = api;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HEADERS.forEach(response::setHeader);
    String refusal = LoopbackRule.refusal(request);
    if (refusal != null) {
      send(response, 403, "text/plain;charset=UTF-8", refusal.getBytes(StandardCharsets.UTF_8));
      return;
    }
    String path = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
    boolean ofApi = path.startsWith(API);
    switch (request.getMethod()) {
      case "GET", "HEAD" -> {
        if (!ofApi) {
          file(request, response, path);
        } else if (SameOrigin.mayRead(request)) {
          answer(response, () -> api.get(path.substring(API.length()), request));
        } else {
          fail(response, 403, "The request came from another site.");
        }
      }
      case "POST" -> {
        if (!ofApi) {
          fail(response, 405, "There is nothing to send here.");
        } else if (SameOrigin.mayAct(request)) {
          answer(response, () -> api.post(path.substring(API.length()), body(request)));
        } else {
          fail(response, 403, "The request did not come from the console's own page.");
        }
      }
      default -> fail(response, 405, "The console takes GET and POST.");
    }
  }

  private static void file(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    PageFile file = PageFile.of(path, request.getPathInfo() == null);
    if (file == null) {
      send(response, 404, "text/plain;charset=UTF-8", new byte[0]);
      return;
    }
    if (file.isKept()) {
      response.setHeader("Cache-Control", "private, max-age=86400");
    }
    send(response, 200, file.type(), file.content());
  }

  private JsonNode body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new ConsoleException(413, "The body is over 1 MiB.");
    }
    try {
      return body.length == 0 ? json.createObjectNode() : json.readTree(body);
    } catch (JacksonException malformed) {
      throw new ConsoleException(400, "The body is no JSON.");
    }
  }

  private interface Answer {
    @Nullable Object give() throws IOException;
  }

  private void answer(HttpServletResponse response, Answer answer) throws IOException {
    try {
      Object given = answer.give();
      if (given == null) {
        fail(response, 404, "There is no such thing, or no longer.");
      } else if (given instanceof byte[] xml) {
        send(response, 200, "application/xml", xml);
      } else {
        send(response, 200, "application/json", json.writeValueAsBytes(given));
      }
    } catch (ConsoleException told) {
      fail(response, told.status(), told.sentence());
    }
  }

  private void fail(HttpServletResponse response, int status, String problem) throws IOException {
    send(response, status, "application/json", json.writeValueAsBytes(Map.of("problem", problem)));
  }

  private static void send(HttpServletResponse response, int status, String type, byte[] content)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
  }
}
