package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.restconnector.webhook.TestDatabase;
import io.restconnector.webhook.TestEngine;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowable.engine.delegate.BpmnError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who is told when an expression of a trigger fails: the sender, or the application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailingExpressionTest {

  private static final String SECRET = "not-for-the-sender";

  private final TestEngine engine = TestEngine.on(TestDatabase.H2);
  private final Logger log = (Logger) LoggerFactory.getLogger(WebhookEndpoint.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    // As Spring does.
    engine
        .eventRegistry()
        .getExpressionManager()
        .setBeans(Map.of("bean", new Bean(), "proxy", proxy()));
    lines.list.clear();
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
  }

  @AfterAll
  void close() {
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
          "failing.channel", TestEngine.channel("failing", "failing", place.formatted(expression)));
      lines.list.clear();

      WebhookResponse answer = engine.post("failing", "{\"x\": 1}");

      assertThat(answer.status()).describedAs(place).isEqualTo(500);
      assertThat(TestEngine.text(answer)).doesNotContain(SECRET).doesNotContain("Exception");
      assertThat(lines.list).hasSize(1);
      assertThat(lines.list.get(0).getThrowableProxy()).isNotNull();
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
        TestEngine.channel(
            "unfit",
            "unfit",
            "\"action\": {\"type\": \"none\"}, \"body\": {\"a\": \"%s\"}".formatted(expression)));

    assertThat(engine.post("unfit", body).status()).isIn(200, 400);
    assertThat(lines.list).isEmpty();
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
