package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.RestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For external-worker tasks; how a job of a delegate has one is in the tests of retries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyKeyTest {

  private TaskEngine engine;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private static RestRequest request(String method, Header... headers) {
    return TestRequests.request(method, "https://h", List.of(headers), null);
  }

  private static List<String> keys(RestRequest request) {
    return request.headers().stream()
        .filter(header -> header.getName().equals("Idempotency-Key"))
        .map(Header::getValue)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"POST, 1", "PATCH, 1", "GET, 0", "PUT, 0", "DELETE, 0", "HEAD, 0"})
  void whenAMethodIsNotIdempotentThenARequestHasAKey(String method, int keys) {
    engine.in(
        "",
        Map.of(),
        execution ->
            assertThat(
                    keys(IdempotencyKey.addTo(request(method), (ExecutionEntity) execution, "c")))
                .hasSize(keys)
                .allSatisfy(key -> assertThat(key).matches("[0-9a-f-]{36}")));
  }

  @Test
  void whenAJobIsRetriedThenTheKeyIsTheSameAndElseAnother() {
    List<String> keys = new ArrayList<>();
    for (int instance = 0; instance < 2; instance++) {
      engine.in(
          "",
          Map.of(),
          execution -> {
            ExecutionEntity entity = (ExecutionEntity) execution;
            List<String> key = keys(IdempotencyKey.addTo(request("POST"), entity, "c"));

            assertThat(keys(IdempotencyKey.addTo(request("POST"), entity, "c"))).isEqualTo(key);
            keys.addAll(key);
            keys.addAll(keys(IdempotencyKey.addTo(request("POST"), entity, "d")));
          });
    }
    assertThat(keys).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void whenTheModelHasAKeyThenItStays() {
    RestRequest own = request("POST", new BasicHeader("idempotency-key", "mine"));
    engine.in(
        "",
        Map.of(),
        execution ->
            assertThat(IdempotencyKey.addTo(own, (ExecutionEntity) execution, "c")).isSameAs(own));
  }

  @Test
  void whenADelegateRunsInNoJobThenItHasNoKey() {
    RestRequest post = request("POST");
    engine.in(
        "", Map.of(), execution -> assertThat(IdempotencyKey.addTo(post, "call")).isSameAs(post));
  }
}
