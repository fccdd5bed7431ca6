package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.RawServer;
import io.restconnector.fixtures.TestRequests;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Extensions;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call on the engine's thread. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelegateCallTest {

  private record Unsent(RestAction action, CallSource source, CallResult why) {}

  private final List<CallSource> sources = new CopyOnWriteArrayList<>();
  private final List<Unsent> unsent = new ArrayList<>();
  private final CallInterceptor interceptor =
      chain -> {
        sources.add(Objects.requireNonNull(chain.source()));
        return chain.proceed(chain.request());
      };
  private TaskEngine engine;
  private RestCalls calls;

  @BeforeAll
  void start() {
    engine = new TaskEngine();
    calls = calls();
  }

  @AfterEach
  void forget() {
    sources.clear();
    unsent.clear();
  }

  @AfterAll
  void stop() {
    calls.close();
    engine.close();
  }

  private RestCalls calls() {
    return new RestCalls(
        HttpSettings.defaults(),
        new Extensions(List.of(interceptor), List.of(), List.of(), List.of()),
        true,
        (action, source, why) -> unsent.add(new Unsent(action, source, why)));
  }

  private void inTask(Consumer<DelegateExecution> command) {
    engine.in("", Map.of(), command);
  }

  private static RestRequest post(String url) {
    return TestRequests.within(
        Duration.ofMinutes(5), TestRequests.request("POST", url, List.of(), null));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"200 OK, 200, -", "404 None, 404, NOT_FOUND", "503 Busy, 503, SERVICE_UNAVAILABLE"})
  void whenTheServiceAnswersThenThatIsTheResultAndItIsHeldUntilTheTransactionEnds(
      String answer, int status, @Nullable String code) throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response(answer, "text"))) {
      inTask(
          execution -> {
            CallResult result =
                DelegateCall.send(calls, RestAction.POST, post(server.url("/x")), execution);

            assertThat(result.code()).isEqualTo(code);
            assertThat(result.outputs()).containsEntry("restStatus", status);
            assertThat(calls.client().budget().isUnused()).isFalse();
            CallSource source = sources.get(0);
            assertThat(source.kind()).isEqualTo(CallSource.Kind.DELEGATE);
            assertThat(source.activityId()).isEqualTo("call");
            assertThat(source.processInstanceId()).isEqualTo(execution.getProcessInstanceId());
          });

      assertThat(calls.client().budget().isUnused()).isTrue();
      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("POST /x HTTP/1.1\r\n")
          .doesNotContainIgnoringCase("Idempotency-Key"); // no job executes this
    }
  }

  @Test
  void whenTheTransactionFailsThenTheAnswerIsHeldNoLonger() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.response("200 OK", "text"))) {
      assertThatCode(
              () ->
                  inTask(
                      execution -> {
                        DelegateCall.send(
                            calls, RestAction.POST, post(server.url("/x")), execution);
                        throw new IllegalStateException("of the test");
                      }))
          .hasStackTraceContaining("of the test");

      assertThat(calls.client().budget().isUnused()).isTrue();
    }
  }

  @Test
  void whenTheThreadIsInterruptedThenTheCallEndsAndTheTransactionIsToRollBack() throws Exception {
    Thread engineThread = Thread.currentThread();
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              engineThread.interrupt();
              peer.awaitClose();
            })) {
      inTask(
          execution -> {
            assertThatExceptionOfType(FlowableException.class)
                .isThrownBy(
                    () ->
                        DelegateCall.send(
                            calls, RestAction.POST, post(server.url("/x")), execution))
                .withMessage("Interrupted while waiting for a REST call")
                .withCauseInstanceOf(InterruptedException.class)
                .isNotInstanceOf(BpmnError.class);
            assertThat(Thread.interrupted()).isTrue(); // whoever interrupted it wants to know
          });
      await().atMost(Duration.ofSeconds(30)).until(() -> server.open() == 0);
    }
  }

  @Test
  void whenTheEngineIsClosedMeanwhileThenTheTransactionIsToRollBack() throws Exception {
    RestCalls closing = calls();
    try (RawServer server =
        RawServer.start(
            peer -> {
              peer.readRequest();
              closing.close();
              peer.awaitClose();
            })) {
      inTask(
          execution -> {
            for (int i = 0; i < 2; i++) { // while it waits, and afterwards
              assertThatExceptionOfType(FlowableException.class)
                  .isThrownBy(
                      () ->
                          DelegateCall.send(
                              closing, RestAction.POST, post(server.url("/x")), execution))
                  .withMessage("Interrupted while waiting for a REST call");
            }
          });
      assertThat(server.requests()).hasSize(1);
    } finally {
      closing.close();
    }
  }

  @Test
  void whenACallIsNotSentThenWhoWantsToKnowIsToldWhere() {
    CallResult why =
        CallResult.of(RestAction.PUT, "call", new InvalidInputException("restUrl is wrong"));

    inTask(execution -> DelegateCall.tellUnsent(calls, RestAction.PUT, why, execution));

    assertThat(unsent)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.action()).isEqualTo(RestAction.PUT);
              assertThat(told.why()).isSameAs(why);
              assertThat(told.source().kind()).isEqualTo(CallSource.Kind.DELEGATE);
              assertThat(told.source().activityId()).isEqualTo("call");
            });
  }

  @Test
  void whenAResultIsASuccessThenNothingIsRaisedOrLogged() {
    try (LoggedEvents log = LoggedEvents.of(DelegateCall.class).at(Level.DEBUG)) {
      inTask(
          execution ->
              DelegateCall.raise(
                  new CallResult(Map.of("restStatus", 200), null, null, null), execution));

      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void whenAResultIsAnErrorThenItIsLoggedAndRaised() {
    CallResult failed =
        new CallResult(
            Map.of(), ErrorCode.BAD_GATEWAY, "GET h failed", new IllegalStateException("behind"));
    try (LoggedEvents log = LoggedEvents.of(DelegateCall.class).at(Level.DEBUG).alone()) {
      inTask(
          execution -> {
            BpmnError raised =
                catchThrowableOfType(BpmnError.class, () -> DelegateCall.raise(failed, execution));

            assertThat(raised.getErrorCode()).isEqualTo("BAD_GATEWAY");
            assertThat(raised).hasMessageContaining("GET h failed");
            assertThat(log.messages())
                .containsExactly(
                    "Activity 'call' of instance "
                        + execution.getProcessInstanceId()
                        + ": GET h failed",
                    "Activity 'call'");
            assertThat(log.events().get(0).getLevel()).isEqualTo(Level.WARN);
            assertThat(log.events().get(0).getThrowableProxy()).isNull();
            assertThat(log.events().get(1).getLevel()).isEqualTo(Level.DEBUG);
          });
    }
  }

  @Test
  void whenTheApplicationRaisedTheErrorThenItIsRaisedAsItIsWithoutAStack() {
    BpmnError own = new BpmnError("SOLD", "of the application");
    try (LoggedEvents log = LoggedEvents.of(DelegateCall.class).at(Level.DEBUG).alone()) {
      inTask(
          execution -> {
            assertThatExceptionOfType(BpmnError.class)
                .isThrownBy(() -> DelegateCall.raise(CallResult.of(Map.of(), own), execution))
                .isSameAs(own);
            assertThat(log.messages()).singleElement().asString().endsWith(": of the application");
          });
    }
  }
}
