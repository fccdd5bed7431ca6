package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.RawServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ParallelCallsTest {

  private static final int INSTANCES = 200;
  private static final int THREADS = 16;

  @Test
  void whenManyInstancesCallOneOriginThenEachGetsItsOwnAnswerOverReusedConnections()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (RawServer server =
            RawServer.start(
                peer -> {
                  for (var request = peer.readRequest();
                      request.isPresent();
                      request = peer.readRequest()) {
                    String id = request.get().replaceFirst("(?s)^\\S+ /(\\d+) .*", "$1");
                    peer.send(
                        RawServer.response(
                            "200 OK\r\nContent-Type: application/json\r\nSet-Cookie: id=" + id,
                            "{\"id\":" + id + "}"));
                  }
                });
        CallEngine engine = CallEngine.start()) {
      engine.deploy("parallel", CallEngine.byExpression(RestAction.GET));
      Map<Integer, Future<CallEngine.Outcome>> running = new HashMap<>();
      for (int i = 0; i < INSTANCES; i++) {
        Map<String, Object> variables = Map.of("restUrl", server.url("/" + i));
        running.put(i, threads.submit(() -> engine.run("parallel", variables)));
      }
      List<String> wrong = new ArrayList<>();
      for (Map.Entry<Integer, Future<CallEngine.Outcome>> each : running.entrySet()) {
        CallEngine.Outcome outcome = each.getValue().get();
        String headers = String.valueOf(outcome.get("restResponseHeaders"));
        if (!outcome.get("restResult").toString().equals("{\"id\":" + each.getKey() + "}")
            || !headers.contains("\"id=" + each.getKey() + "\"")) {
          wrong.add(outcome.toString());
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(server.requests())
          .hasSize(INSTANCES)
          .noneMatch(request -> request.toLowerCase(java.util.Locale.ROOT).contains("cookie"));
      assertThat(server.accepted()).isLessThanOrEqualTo(THREADS);
    } finally {
      threads.shutdownNow();
    }
  }
}
