package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.ShareSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/** A node whose calls to one host have a share. The path that it asks for ends with its name. */
final class ShareEngine {

  static final String WORKER = "worker";
  static final String DELEGATE = "delegate";

  private static final int STARTED_TOGETHER = 100;

  private final ProcessEngine engine;

  /** One on that database. */
  ShareEngine(HikariDataSource pool, String name, String host, double rate, boolean isWorking) {
    ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(pool)
        .setDatabaseSchemaUpdate("true")
        .setHistory("none")
        .setEngineName(name)
        .setAsyncExecutorActivate(isWorking);
    configuration.setIdGenerator(new StrongUuidGenerator());
    configuration.setBeans(new HashMap<>(Map.of("node", name)));
    configuration.addConfigurator(
        new RestConnectorConfigurator(
            RestConnectorSettings.defaults()
                .withHttp(
                    HttpSettings.defaults()
                        .withDefaultTimeout(Duration.ofMinutes(5))
                        .withAccess(
                            AccessSettings.defaults()
                                .withShares(
                                    Map.of(
                                        "share", new ShareSettings(List.of(host), null, rate)))))));
    engine = configuration.buildProcessEngine();
  }

  ShareEngine deploy() {
    String url = "<flowable:field name=\"restUrl\" expression=\"${host}/${node}\"/>";
    deploy(
        WORKER,
        "flowable:type=\"external-worker\" flowable:topic=\"restGet\" flowable:exclusive=\"false\"",
        url);
    deploy(DELEGATE, "flowable:delegateExpression=\"${restGet}\"", url);
    return this;
  }

  private void deploy(String key, String attributes, String fields) {
    engine
        .getRepositoryService()
        .createDeployment()
        .disableSchemaValidation()
        .addString(
            key + ".bpmn20.xml",
            CallProcesses.definition(key, CallProcesses.task(attributes, fields)))
        .deploy();
  }

  /** Starts instances of a process that calls that host. */
  void begin(String process, String host, int instances) {
    for (int begun = 0; begun < instances; begun += STARTED_TOGETHER) {
      int count = Math.min(STARTED_TOGETHER, instances - begun);
      engine
          .getManagementService()
          .executeCommand(
              context -> {
                for (int i = 0; i < count; i++) {
                  engine
                      .getRuntimeService()
                      .startProcessInstanceByKey(process, Map.of("host", host));
                }
                return null;
              });
    }
  }
}
