package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.CallEngine.Outcome;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.fixtures.RawServer;
import io.restconnector.worker.WorkerSettings;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bean of the application throws while an expression is evaluated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationFailureTest {

  /** The failure of the application. */
  public static final class Broken extends RuntimeException {
    Broken() {
      super("of the application", new IllegalArgumentException("root"));
    }
  }

  /** Without a stack. */
  public static final class Stackless extends RuntimeException {
    Stackless() {
      super("of the application", null, false, false);
    }
  }

  /** A bean. */
  public static class Shop implements Serializable {
    public String sold() {
      throw new BpmnError("sold out!", "of the application");
    }

    public String broken() {
      throw new Broken();
    }

    public String getBroken() {
      throw new Broken();
    }

    public String number(String text) {
      return "" + Long.parseLong(text);
    }

    public String stackless() {
      throw new Stackless();
    }

    public String wraps() {
      throw new IllegalStateException(new BpmnError("sold out!", "of the application"));
    }
  }

  private static final List<String> BINDINGS =
      List.of(CallEngine.byExpression(RestAction.POST), CallEngine.byTopic(RestAction.POST));

  private RawServer server;
  private CallEngine engine;
  private int deployed;

  @BeforeAll
  void start() throws Exception {
    server =
        RawServer.answering(
            RawServer.response("200 OK\r\nContent-Type: application/json", "{\"a\":\"x\"}"));
    var configuration = PlainEngines.withoutHistory();
    Supplier<?> proxy =
        (Supplier<?>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Supplier.class},
                (self, method, args) -> {
                  throw new Broken();
                });
    configuration.setBeans(new HashMap<>(Map.of("shop", new Shop(), "proxy", proxy)));
    configuration.setAsyncFailedJobWaitTime(0);
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withWorker(WorkerSettings.defaults().withEnabled(true))));
    engine = CallEngine.start(configuration);
  }

  @AfterAll
  void stop() {
    engine.close();
    server.close();
  }

  private String deploy(String binding, String fields) {
    String id = "p" + deployed++;
    engine.deploy(id, binding, fields);
    return id;
  }

  private Map<String, Object> variables() {
    return Map.of("restUrl", server.url("/x"), "v", "text", "held", new Shop());
  }

  /** Every place of a delegate's model where an expression may stand. */
  private static List<String> fields(String expression) {
    return List.of(
        CallEngine.expression("restUrl", expression),
        CallEngine.expression("restUrl", "http://h/" + expression + "/x"),
        CallEngine.expression("timeout", expression),
        CallEngine.expression("requestPayload", expression),
        CallEngine.string("requestPayload", "{\"a\":[\"" + expression + "\"]}"),
        CallEngine.string("requestHeaders", "{\"a\":\"x " + expression + "\"}"),
        CallEngine.expression("outputScope", expression),
        CallEngine.expression("outputMapping", expression),
        CallEngine.string("outputMapping", "{\"a\":\"" + expression + "\"}"),
        CallEngine.string("outputMapping", "{\"a\":{\"b\":\"x" + expression + "\"}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${shop.sold()}", "${shop.wraps()}", "${held.sold()}"})
  void whenABeanRaisesABpmnErrorThenItIsTheErrorOfTheTask(String expression) {
    for (String field : fields(expression)) {
      for (String binding : BINDINGS) {
        Outcome outcome = engine.run(deploy(binding, field), variables());
        assertThat(outcome.code()).as(binding + field).isEqualTo("sold out!");
        assertThat(outcome.get("thrown")).asString().contains("of the application");
      }
    }
    for (String parameter :
        List.of(
            "<flowable:in sourceExpression='%s' target='restUrl'/>",
            "<flowable:in sourceExpression='http://h/%s/x' target='restUrl'/>",
            "<flowable:out sourceExpression='%s' target='a'/>",
            "<flowable:out sourceExpression='x %s' target='a'/>")) {
      Outcome outcome =
          engine.run(
              deploy(CallEngine.byTopic(RestAction.GET), parameter.formatted(expression)),
              variables());
      assertThat(outcome.code()).as(parameter).isEqualTo("sold out!");
      assertThat(outcome.get("thrown")).asString().contains("of the application");
    }
  }

  static List<Arguments> failures() {
    return List.of(
        Arguments.of("${shop.broken()}", Broken.class),
        Arguments.of("${shop.broken}", Broken.class),
        Arguments.of("${held.broken()}", Broken.class),
        Arguments.of("${proxy.get()}", Broken.class),
        Arguments.of("${v == 'text' ? shop.broken() : ''}", Broken.class),
        Arguments.of("${shop.number(v)}", NumberFormatException.class),
        Arguments.of("${shop.stackless()}", Stackless.class));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whenABeanThrowsThenTheTransactionFailsWithItsCauseAndStack(
      String expression, Class<? extends Throwable> cause) {
    for (String field : fields(expression)) {
      String process = deploy(CallEngine.byClass(RestAction.POST), field);
      assertThatThrownBy(() -> engine.begin(process, variables()))
          .as(field)
          .satisfies(thrown -> assertThat(thrown).isNotInstanceOf(BpmnError.class))
          .satisfies(thrown -> assertThat(chain(thrown)).hasAtLeastOneElementOfType(cause));
    }
    for (String said :
        List.of(
            "<flowable:in sourceExpression=\"%s\" target='restUrl'/>".formatted(expression),
            CallEngine.expression("restUrl", expression),
            CallEngine.string("requestHeaders", "{\"a\":\"x " + expression + "\"}"),
            CallEngine.expression("outputMapping", expression))) {
      assertThat(deadLetter(deploy(CallEngine.byTopic(RestAction.GET), said)))
          .as(said)
          .contains("'call'", "its inputs cannot be read");
    }
  }

  /** The message of the dead letter job that an instance ends as. */
  private String deadLetter(String process) {
    String instance = engine.begin(process, variables());
    Job dead =
        await()
            .until(
                () ->
                    engine
                        .engine
                        .getManagementService()
                        .createDeadLetterJobQuery()
                        .processInstanceId(instance)
                        .singleResult(),
                Objects::nonNull);
    return dead.getExceptionMessage();
  }

  private static List<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${nowhere}",
        "${nowhere.x}",
        "${shop.nothing}",
        "${shop.nothing()}",
        "${v.substring(99)}",
        "${v.charAt(9)}",
        "${v + 1}",
        "${v.none}"
      })
  void whenAnExpressionDoesNotSuitItsDataThenItIsAnInvalidInput(String expression) {
    for (String field : fields(expression).subList(0, 8)) {
      for (String binding : BINDINGS) {
        Outcome outcome = engine.run(deploy(binding, field), variables());
        assertThat(outcome.code()).as(binding + field).isEqualTo("INVALID_INPUT");
        assertThat(outcome.error()).contains(expression).doesNotContain("Exception");
      }
    }
  }
}
