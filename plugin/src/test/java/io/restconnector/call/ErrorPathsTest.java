package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.fixtures.RawServer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a process goes, and what the log says, when a call fails. */
class ErrorPathsTest {

  private final LoggedEvents log = LoggedEvents.of("io.restconnector").at(Level.TRACE);
  private CallEngine engine;
  private RawServer server;

  @BeforeEach
  void start() throws Exception {
    server = RawServer.answering(RawServer.response("409 Conflict\r\nX-A: secret", "secret"));
    engine = CallEngine.start();
  }

  @AfterEach
  void stop() {
    log.close();
    engine.close();
    server.close();
  }

  private Map<String, Object> url() {
    return Map.of("restUrl", server.url("/x?secret=1"));
  }

  private static String call(String attributes) {
    return """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" flowable:delegateExpression="${restGet}" %s/>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        """
        .formatted(attributes);
  }

  @Test
  void whenABoundaryEventHasTheCodeThenItAndNoOtherCatches() {
    engine.deployProcess(
        "boundary",
        call("")
            + """
            <boundaryEvent id="no" attachedToRef="call"><errorEventDefinition errorRef="NOT_FOUND"/></boundaryEvent>
            <sequenceFlow sourceRef="no" targetRef="wrong"/><userTask id="wrong"/>
            <boundaryEvent id="yes" attachedToRef="call"><errorEventDefinition errorRef="CONFLICT"/></boundaryEvent>
            <sequenceFlow sourceRef="yes" targetRef="decide"/>
            <exclusiveGateway id="decide" default="other"/>
            <sequenceFlow sourceRef="decide" targetRef="read">
              <conditionExpression>${restStatus == 409 &amp;&amp; restError != null}</conditionExpression>
            </sequenceFlow><userTask id="read"/>
            <sequenceFlow id="other" sourceRef="decide" targetRef="unread"/><userTask id="unread"/>
            """);
    assertThat(engine.run("boundary", url()).task()).isEqualTo("read");
  }

  @Test
  void whenAnEventSubprocessHasTheCodeThenItCatchesAndReadsTheOutputs() {
    engine.deployProcess(
        "subprocess",
        call("")
            + """
            <subProcess id="handler" triggeredByEvent="true">
              <startEvent id="e"><errorEventDefinition errorRef="CONFLICT"/></startEvent>
              <sequenceFlow sourceRef="e" targetRef="handled"/><userTask id="handled"/>
            </subProcess>
            """);
    var outcome = engine.run("subprocess", url());
    assertThat(outcome.task()).isEqualTo("handled");
    assertThat(outcome.variables()).containsEntry("restStatus", 409);
  }

  @Test
  void whenNothingCatchesThenTheJobIsRetriedAndTheLogTellsWhatFailed() {
    engine.deployProcess("async", call("flowable:async=\"true\""));
    String instance = engine.begin("async", url());
    var management = engine.engine.getManagementService();
    Job job = management.createJobQuery().processInstanceId(instance).singleResult();

    assertThatThrownBy(() -> management.executeJob(job.getId())).hasMessageContaining("CONFLICT");

    Job again = management.createTimerJobQuery().processInstanceId(instance).singleResult();
    assertThat(again.getRetries()).isEqualTo(job.getRetries() - 1);
    assertThat(log.events())
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Activity 'call' of instance %s: GET %s answered 409"
                .formatted(instance, server.url("/x")));
    assertThat(log.events().toString()).doesNotContain("secret");
  }

  @Test
  void whenTheConnectionFailsThenOneLineHasTheCauseAndOnlyDebugHasItsStack() {
    engine.deploy("refused", CallEngine.byExpression(RestAction.PUT));
    server.close();
    var outcome = engine.run("refused", url());
    assertThat(outcome.code()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(log.events())
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getThrowableProxy()).isNull();
              assertThat(event.getFormattedMessage())
                  .startsWith("Activity 'call' of instance ")
                  .contains(": PUT " + server.url("/x") + " got no connection: it was refused")
                  .doesNotContain("Exception")
                  .doesNotContainPattern("\\p{Cntrl}");
            });
    assertThat(log.events())
        .anyMatch(each -> each.getLevel() == Level.DEBUG && each.getThrowableProxy() != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nsecret\r\n\r\n",
        "secret secret\r\n\r\n",
        "HTTP/1.1 secret\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: secret\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsecret\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://[secret/?secret\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://:80/?secret\r\nContent-Length: 0\r\n\r\n"
      })
  void whenTheAnswerIsMalformedThenNoLogLineRepeatsIt(String answer) throws Exception {
    engine.deploy("garbage", CallEngine.byExpression(RestAction.GET));
    try (RawServer garbage =
        RawServer.start(
            peer -> {
              peer.readRequest();
              peer.send(answer);
              peer.finish();
            })) {
      var outcome = engine.run("garbage", Map.of("restUrl", garbage.url("/x")));
      assertThat(outcome.code()).isIn("BAD_GATEWAY", "UNKNOWN_ERROR");
      assertThat(outcome.error()).startsWith("GET " + garbage.url("/x")).doesNotContain("secret");
    }
    for (ILoggingEvent event : log.events()) {
      assertThat(event.getFormattedMessage()).doesNotContain("secret");
      for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
        assertThat(cause.getMessage()).doesNotContain("secret");
      }
    }
  }

  @Test
  void whenTheEngineIsClosedThenTheTransactionRollsBack() throws Exception {
    engine.deploy("closed", CallEngine.byExpression(RestAction.GET));
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer silent =
        RawServer.start(
            peer -> {
              peer.readRequest();
              asked.countDown();
              peer.awaitClose();
            })) {
      var call =
          CompletableFuture.runAsync(
              () -> engine.begin("closed", Map.of("restUrl", silent.url("/x"))));
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      engine.close();
      // Its boundary event takes every error.
      assertThatThrownBy(call::join).hasRootCauseMessage("the REST connector was closed");
    }
  }

  @Test
  void whenTheThreadIsInterruptedThenTheTransactionRollsBack() throws Exception {
    engine.deploy("interrupted", CallEngine.byExpression(RestAction.GET));
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (RawServer silent =
        RawServer.start(
            peer -> {
              peer.readRequest();
              asked.countDown();
              peer.awaitClose();
            })) {
      Thread caller =
          new Thread(
              () -> {
                try {
                  engine.run("interrupted", Map.of("restUrl", silent.url("/x"), "timeout", 3000));
                } catch (RuntimeException rolledBack) {
                  thrown.set(rolledBack);
                }
              });
      caller.start();
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      caller.join();
      assertThat(thrown.get()).hasMessageContaining("Interrupted");
      assertThat(engine.runtime().createProcessInstanceQuery().count()).isZero();
      await().until(() -> silent.open() == 0);
    }
  }
}
