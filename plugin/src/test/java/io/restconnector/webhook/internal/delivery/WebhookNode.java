package io.restconnector.webhook.internal.delivery;

import io.restconnector.fixtures.LoopbackTomcat;
import io.restconnector.fixtures.OtherJvm;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookServlet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.flowable.common.engine.api.delegate.event.AbstractFlowableEventListener;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;

/** A node on PostgreSQL that can be killed: an engine, and the servlet in a Tomcat. */
public final class WebhookNode {

  /** Printed by a transaction that pauses. */
  public static final String PAUSED = "paused";

  private WebhookNode() {}

  /**
   * Starts a node whose ready line is its port. Each transaction that starts an instance pauses in
   * a state: before its commit, or after it and before the request gets its answer.
   */
  public static OtherJvm start(String url, Path directory, TransactionState state, Duration pause) {
    // It lives for seconds: compiling well would cost more than it saves.
    return OtherJvm.start(
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
        WebhookNode.class,
        url,
        directory.toString(),
        state.name(),
        pause.toString());
  }

  public static void main(String[] arguments) throws LifecycleException {
    // The generator of a standalone engine takes a second connection inside the transaction: more
    // requests than connections would wait for each other.
    ProcessEngine engine =
        WebhookEngine.on(
                TestDatabase.POSTGRES,
                arguments[0],
                each -> {
                  each.setIdGenerator(new StrongUuidGenerator());
                  each.setJdbcMaxIdleConnections(40);
                })
            .engine;
    engine
        .getRuntimeService()
        .addEventListener(
            new Pause(arguments[2], Duration.parse(arguments[3])),
            FlowableEngineEventType.PROCESS_STARTED);
    LoopbackTomcat tomcat = new LoopbackTomcat(Path.of(arguments[1]));
    Tomcat.addServlet(tomcat.context, "webhooks", new WebhookServlet(engine));
    tomcat.context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
    tomcat.start();
    OtherJvm.ready(String.valueOf(tomcat.port()));
  }

  private static final class Pause extends AbstractFlowableEventListener {

    private final Duration duration;

    Pause(String state, Duration duration) {
      setOnTransaction(state);
      this.duration = duration;
    }

    @Override
    public void onEvent(FlowableEvent event) {
      if (duration.isZero()) {
        return;
      }
      System.out.println(PAUSED);
      try {
        new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    @Override
    public boolean isFailOnException() {
      return true;
    }
  }
}
