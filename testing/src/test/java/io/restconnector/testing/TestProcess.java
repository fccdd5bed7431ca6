package io.restconnector.testing;

import java.util.UUID;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/** Processes of one file each, and engines that run them. */
final class TestProcess {

  private TestProcess() {}

  /** On a database of its own, with the async executor that external-worker tasks need. */
  static StandaloneInMemProcessEngineConfiguration configuration() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setEngineName(UUID.randomUUID().toString());
    configuration.setJdbcUrl("jdbc:h2:mem:" + configuration.getEngineName());
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setAsyncExecutorActivate(true);
    configuration.setHistoryLevel(HistoryLevel.AUDIT);
    return configuration;
  }

  /** Deploys the elements between the process tags. */
  static void deploy(ProcessEngine engine, String key, String elements) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            key + ".bpmn20.xml",
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="t">
              <error id="conflict" errorCode="CONFLICT"/>
              <error id="late" errorCode="REQUEST_TIMEOUT"/>
              <error id="open" errorCode="SERVICE_UNAVAILABLE"/>
              <process id="%s">%s</process>
            </definitions>
            """
                .formatted(key, elements))
        .deploy();
  }

  /** One task between start and end, with boundary events for errors by the id of each. */
  static String sequence(String task) {
    return """
    <startEvent id="start"/><sequenceFlow sourceRef="start" targetRef="reserve"/>
    %s
    <sequenceFlow sourceRef="reserve" targetRef="done"/><endEvent id="done"/>
    """
            .formatted(task)
        + boundary("conflict")
        + boundary("late")
        + boundary("open");
  }

  private static String boundary(String error) {
    return """
    <boundaryEvent id="on_%1$s" attachedToRef="reserve"><errorEventDefinition errorRef="%1$s"/>
    </boundaryEvent>
    <sequenceFlow sourceRef="on_%1$s" targetRef="%1$s_end"/><endEvent id="%1$s_end"/>
    """
        .formatted(error);
  }

  /** A task by a delegate such as {@code restGet}. */
  static String delegate(String bean, String more) {
    return """
    <serviceTask id="reserve" flowable:delegateExpression="${%s}"><extensionElements>
      <flowable:field name="restUrl" stringValue="http://warehouse.invalid/items/1"/>%s
    </extensionElements></serviceTask>
    """
        .formatted(bean, more);
  }

  /** An external-worker task with a topic such as {@code restGet}. */
  static String worker(String topic) {
    return """
    <serviceTask id="reserve" flowable:type="external-worker" flowable:topic="%s"><extensionElements>
      <flowable:in sourceExpression="http://warehouse.invalid/items/1" target="restUrl"/>
      <flowable:out source="restStatus" target="restStatus"/>
    </extensionElements></serviceTask>
    """
        .formatted(topic);
  }

  static String field(String name, String value) {
    return "<flowable:field name=\"%s\"><flowable:string><![CDATA[%s]]></flowable:string></flowable:field>"
        .formatted(name, value);
  }
}
