package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowable.engine.delegate.BpmnError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told when an expression of a trigger fails: the sender, or the application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailingExpressionTest {

  private static final String SECRET = "not-for-the-sender";

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);
  private final LoggedEvents log = LoggedEvents.of(WebhookEndpoint.class);

  @BeforeEach
  void addBeans() {
    // As Spring does.
    engine
        .eventRegistry()
        .getExpressionManager()
        .setBeans(Map.of("bean", new Bean(), "proxy", proxy()));
    log.clear();
  }

  @AfterAll
  void close() {
    log.close();
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${bean.failing}",
        "${bean.fail('x')}",
        "${bean.fail(body.x)}",
        "${bean.argument()}",
        "${bean.nothing()}",
        "${bean.bpmnError()}",
        "${bean.recursive()}",
        "${proxy.get()}",
        "a${bean.failing}b",
        "${bean.noJson}",
        "${bean.listOfNoJson}",
        "${bean.mapOfNoJson}",
        "${bean}"
      })
  void whenABeanFailsThenItIsAnswered500AndLogged(String expression) {
    for (String place :
        new String[] {
          "\"action\": {\"type\": \"none\"}, \"body\": {\"a\": \"%s\"}",
          "\"action\": {\"type\": \"startProcess\", \"processDefinitionKey\": \"%s\"}",
          "\"action\": {\"type\": \"none\"}, \"deduplication\": {\"key\": \"%s\"}"
        }) {
      engine.deploy(
          "failing.channel",
          WebhookEngine.channel("failing", "failing", place.formatted(expression)));
      log.clear();

      WebhookResponse answer = engine.post("failing", "{\"x\": 1}");

      assertThat(answer.status()).describedAs(place).isEqualTo(500);
      assertThat(WebhookEngine.text(answer)).doesNotContain(SECRET).doesNotContain("Exception");
      assertThat(log.events()).hasSize(1);
      assertThat(log.events().get(0).getThrowableProxy()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${body.missing.deeper} | {}",
        "${body.text.length(1)} | {\"text\": \"a\"}",
        "${body.text.substring(5)} | {\"text\": \"a\"}",
        "${body.list.get(7)} | {\"list\": []}",
        "${1 + body.text} | {\"text\": \"a\"}",
        "${params.none.length()} | {}",
        "${body.missing} | 5",
      })
  void whenTheRequestDoesNotSuitAnExpressionThenItIsAnswered400(String expression, String body) {
    engine.deploy(
        "unfit.channel",
        WebhookEngine.channel(
            "unfit",
            "unfit",
            "\"action\": {\"type\": \"none\"}, \"body\": {\"a\": \"%s\"}".formatted(expression)));

    assertThat(engine.post("unfit", body).status()).isIn(200, 400);
    assertThat(log.events()).isEmpty();
  }

  private static Object proxy() {
    return Proxy.newProxyInstance(
        FailingExpressionTest.class.getClassLoader(),
        new Class<?>[] {Supplier.class},
        (self, method, arguments) -> {
          throw new IllegalStateException(SECRET);
        });
  }

  /** Fails in the ways of beans. */
  @SuppressWarnings("DoNotCallSuggester") // the engine calls them
  public static final class Bean {

    public String getFailing() {
      throw new IllegalStateException(SECRET);
    }

    public Object getNoJson() {
      return new Object();
    }

    public Object getListOfNoJson() {
      return List.of(1, Optional.of(SECRET));
    }

    public Object getMapOfNoJson() {
      return Map.of("a", Map.of(new Object(), 1));
    }

    public String fail(Object argument) {
      throw new IllegalArgumentException(SECRET + argument);
    }

    public String argument() {
      return Optional.<String>empty().orElseThrow();
    }

    public int nothing() {
      return Integer.parseInt(SECRET);
    }

    public String bpmnError() {
      throw new BpmnError("CODE", SECRET);
    }

    @SuppressWarnings("InfiniteRecursion")
    public String recursive() {
      return recursive() + "a";
    }
  }
}
