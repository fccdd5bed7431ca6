package io.restconnector.benchmarks;

import io.restconnector.RestConnectorConfigurator;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/** One engine with the same process, start - call - end, once for each way to make the call. */
final class CallProcesses implements AutoCloseable {

  static final String NO_CALL = "noCall";
  static final String HTTP = "httpTask";
  static final String HTTP_JSON = "httpTaskJson";
  static final String HTTP_ALL = "httpTaskAllParameters";
  static final String REST = "restGet";
  static final String REST_MAPPED = "restGetMapped";
  static final String REST_BODY = "restGetMappedBody";

  private static final String REST_ATTRIBUTES = "flowable:delegateExpression=\"${restGet}\"";
  private static final String HTTP_ATTRIBUTES = "flowable:type=\"http\"";

  private final ProcessEngine engine;

  /** The connector is the discovered one where none is given. */
  CallProcesses(DataSource database, URI uri, RestConnectorConfigurator... connector) {
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(database)
        .setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    Stream.of(connector).forEach(configuration::addConfigurator);
    engine = configuration.buildProcessEngine();
    processes(uri).forEach(this::deploy);
  }

  private static Map<String, String> processes(URI uri) {
    String http = field("requestMethod", "GET") + field("requestUrl", uri.toString());
    String rest = field("restUrl", uri.toString()) + field("circuitBreaker", "true");
    Map<String, String> processes = new LinkedHashMap<>();
    processes.put(NO_CALL, task("flowable:expression=\"${execution.id}\"", ""));
    processes.put(HTTP, task(HTTP_ATTRIBUTES, http));
    processes.put(
        HTTP_JSON, task(HTTP_ATTRIBUTES, http + field("saveResponseVariableAsJson", "true")));
    processes.put(
        HTTP_ALL,
        task(
            HTTP_ATTRIBUTES,
            http
                + field("saveResponseVariableAsJson", "true")
                + field("saveResponseParameters", "true")));
    processes.put(REST, task(REST_ATTRIBUTES, rest));
    processes.put(
        REST_MAPPED,
        task(REST_ATTRIBUTES, rest + field("outputMapping", "{\"rate\":\"${restResult.rate}\"}")));
    processes.put(
        REST_BODY,
        task(REST_ATTRIBUTES, rest + field("outputMapping", "{\"body\":\"${restResult}\"}")));
    return processes;
  }

  static String field(String name, String value) {
    return "<flowable:field name=\"%s\"><flowable:string><![CDATA[%s]]></flowable:string></flowable:field>"
        .formatted(name, value);
  }

  static String task(String attributes, String fields) {
    return "<serviceTask id=\"call\" %s><extensionElements>%s</extensionElements></serviceTask>"
        .formatted(attributes, fields);
  }

  private void deploy(String key, String task) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(key + ".bpmn20.xml", definition(key, task))
        .deploy();
  }

  /** The process of a task. */
  static String definition(String key, String task) {
    return """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmarks">
              <process id="%s">
                <startEvent id="start"/>
                <sequenceFlow sourceRef="start" targetRef="call"/>
                %s
                <sequenceFlow sourceRef="call" targetRef="end"/>
                <endEvent id="end"/>
              </process>
            </definitions>
            """
        .formatted(key, task);
  }

  /** Runs one instance to its end, on this thread. */
  void run(String key) {
    engine.getRuntimeService().startProcessInstanceByKey(key);
  }

  @Override
  public void close() {
    engine.close();
  }
}
