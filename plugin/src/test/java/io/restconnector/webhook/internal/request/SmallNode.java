package io.restconnector.webhook.internal.request;

import io.restconnector.fixtures.LoopbackTomcat;
import io.restconnector.fixtures.OtherJvm;
import io.restconnector.webhook.WebhookEngine;
import io.restconnector.webhook.WebhookServlet;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;

/** A node with 400 MB of heap, and the 200 threads of a Tomcat. */
final class SmallNode {

  private SmallNode() {}

  /** Starts a node whose ready line is its port. */
  static OtherJvm start(Path directory) {
    return OtherJvm.start(
        List.of("-Xmx400m", "-XX:TieredStopAtLevel=1"), SmallNode.class, directory.toString());
  }

  public static void main(String[] arguments) throws LifecycleException {
    WebhookEngine engine =
        WebhookEngine.with(
            each -> {
              // The database shares this heap.
              each.setHistoryLevel(HistoryLevel.NONE);
              // The generator of a standalone engine takes a second connection inside the
              // transaction: more requests than connections would wait for each other.
              each.setIdGenerator(new StrongUuidGenerator());
            });
    engine.deploy(
        "held.channel",
        WebhookEngine.channel(
            "held",
            "held",
            """
            "condition": "${method == 'POST'}", "body": {"method": "${method}"},
            "action": {"type": "startProcess", "processDefinitionKey": "short",
              "variables": {"all": "${body}", "params": "${params}"}}
            """),
        "short.bpmn20.xml",
        """
        <process id="short"><startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="e"/>
          <endEvent id="e"/></process>
        """);
    LoopbackTomcat tomcat = new LoopbackTomcat(Path.of(arguments[0]));
    tomcat.tomcat.getConnector().setProperty("maxThreads", "200");
    Tomcat.addServlet(tomcat.context, "webhooks", new WebhookServlet(engine.engine));
    tomcat.context.addServletMappingDecoded("/rest-connector/events/*", "webhooks");
    tomcat.start();
    OtherJvm.ready(String.valueOf(tomcat.port()));
  }
}
