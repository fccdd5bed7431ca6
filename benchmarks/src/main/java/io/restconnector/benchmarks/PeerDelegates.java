package io.restconnector.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delegates as an application writes them by hand, that set the same four variables as the
 * connector's. They have no deadline, limit, retry, breaker or guard.
 */
final class PeerDelegates {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PeerDelegates() {}

  /** Over Spring's client, with the library that it finds. */
  static JavaDelegate restClient(URI uri) {
    RestClient client = RestClient.create();
    return execution -> {
      ResponseEntity<JsonNode> response = client.get().uri(uri).retrieve().toEntity(JsonNode.class);
      ObjectNode headers = JSON.createObjectNode();
      response.getHeaders().forEach((name, values) -> put(headers, name, values));
      set(execution, response.getStatusCode().value(), headers, response.getBody());
    };
  }

  /** Over the client of the JDK. */
  static JavaDelegate jdk(URI uri) {
    HttpClient client = HttpClient.newHttpClient();
    return execution -> {
      HttpResponse<byte[]> response = send(client, uri);
      ObjectNode headers = JSON.createObjectNode();
      response.headers().map().forEach((name, values) -> put(headers, name, values));
      set(execution, response.statusCode(), headers, JSON.readTree(response.body()));
    };
  }

  private static HttpResponse<byte[]> send(HttpClient client, URI uri) {
    try {
      return client.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Over Camunda's connector function. */
  static JavaDelegate camunda(CamundaFunction function, URI uri) {
    return execution -> {
      CamundaFunction.Result result = function.get(uri);
      set(execution, result.status(), JSON.valueToTree(result.headers()), tree(result.body()));
    };
  }

  private static JsonNode tree(Object body) {
    return JSON.valueToTree(body);
  }

  private static void put(ObjectNode headers, String name, List<String> values) {
    if (values.size() == 1) {
      headers.put(name, values.get(0));
    } else {
      ArrayNode all = headers.putArray(name);
      values.forEach(all::add);
    }
  }

  private static void set(
      DelegateExecution execution, int status, JsonNode headers, @Nullable JsonNode body) {
    execution.setVariable("restResult", body);
    execution.setVariable("restStatus", status);
    execution.setVariable("restResponseHeaders", headers);
    execution.setVariable("restError", null);
  }

  /** By the names that the processes use. */
  static Map<Object, Object> beans(URI uri, @Nullable CamundaFunction function) {
    return function == null
        ? Map.of("byRestClient", restClient(uri), "byJdk", jdk(uri))
        : Map.of(
            "byRestClient",
            restClient(uri),
            "byJdk",
            jdk(uri),
            "byCamunda",
            camunda(function, uri));
  }
}
