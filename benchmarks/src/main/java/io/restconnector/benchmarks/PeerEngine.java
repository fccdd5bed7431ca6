package io.restconnector.benchmarks;

import static io.restconnector.benchmarks.CallProcesses.field;
import static io.restconnector.benchmarks.CallProcesses.task;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.httptask.HttpTaskSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.h2.jdbcx.JdbcConnectionPool;

/** One engine on a database of its own, and a process with one call for each way to make it. */
final class PeerEngine implements AutoCloseable {

  static final String REST_CLIENT = "delegate with RestClient, 4 vars";
  static final String JDK = "delegate with JDK client, 4 vars";
  static final String CAMUNDA = "Camunda http-json, 4 vars";
  static final String HTTP = "http task, 1 var";
  static final String HTTP_JSON = "http task, 1 var of JSON";
  static final String HTTP_OVER_OURS = "http task over ours, 1 var";
  static final String REST = "restGet, 4 vars";
  static final String REST_ONE = "restGet, 1 var";
  static final String WORKER = "worker restGet, 4 vars";
  static final String NO_CALL = "no call";

  private static final int CONNECTIONS = 300;

  private final JdbcConnectionPool database;
  private final ProcessEngine engine;

  PeerEngine(String name, URI uri, Map<Object, Object> beans, boolean isWorking) {
    database = JdbcConnectionPool.create("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
    database.setMaxConnections(CONNECTIONS);
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(database)
        .setDatabaseSchemaUpdate("true")
        .setHistory("none")
        .setEngineName(name)
        .setAsyncExecutorActivate(isWorking);
    configuration.setBeans(new LinkedHashMap<>(beans));
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withHttpTasks(
                    HttpTaskSettings.defaults().withEnabled(name.equals("httpOverOurs")))));
    engine = configuration.buildProcessEngine();
    tasks(uri)
        .forEach(
            (way, task) ->
                engine
                    .getRepositoryService()
                    .createDeployment()
                    .disableSchemaValidation()
                    .addString(key(way) + ".bpmn20.xml", CallProcesses.definition(key(way), task))
                    .deploy());
  }

  private static String key(String way) {
    return way.replaceAll("\\W", "");
  }

  private static Map<String, String> tasks(URI uri) {
    String http = field("requestMethod", "GET") + field("requestUrl", uri.toString());
    String rest = field("restUrl", uri.toString());
    Map<String, String> tasks = new LinkedHashMap<>();
    tasks.put(NO_CALL, task("flowable:expression=\"${execution.id}\"", ""));
    tasks.put(REST_CLIENT, task(delegate("byRestClient"), ""));
    tasks.put(JDK, task(delegate("byJdk"), ""));
    tasks.put(CAMUNDA, task(delegate("byCamunda"), ""));
    tasks.put(HTTP, task("flowable:type=\"http\"", http));
    tasks.put(
        HTTP_JSON,
        task("flowable:type=\"http\"", http + field("saveResponseVariableAsJson", "true")));
    tasks.put(HTTP_OVER_OURS, task("flowable:type=\"http\"", http));
    tasks.put(REST, task(delegate("restGet"), rest));
    tasks.put(
        REST_ONE,
        task(delegate("restGet"), rest + field("outputMapping", "{\"body\": \"${restResult}\"}")));
    tasks.put(
        WORKER,
        task(
            "flowable:type=\"external-worker\" flowable:topic=\"restGet\""
                + " flowable:exclusive=\"false\"",
            rest));
    return tasks;
  }

  private static String delegate(String bean) {
    return "flowable:delegateExpression=\"${" + bean + "}\"";
  }

  void run(String way) {
    engine.getRuntimeService().startProcessInstanceByKey(key(way));
  }

  long running() {
    return engine.getRuntimeService().createProcessInstanceQuery().count();
  }

  @Override
  public void close() {
    engine.close();
    database.dispose();
  }
}
