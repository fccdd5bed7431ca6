package io.restconnector.benchmarks;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.model.Validation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/** What the checks cost the deployment of a process with 200 REST tasks that all differ. */
final class DeploymentComparison {

  private static final String CHECKED = "deployment with checks";
  private static final String UNCHECKED = "deployment without";
  private static final int TASKS = 200;
  private static final int WARM_UP_ROUNDS = 400;

  private static final String TASK =
      """
      <serviceTask id="t%1$d" flowable:delegateExpression="${restPost}"><extensionElements>
        <flowable:field name="restUrl"><flowable:expression>${base}/orders%1$d/{id}?f=${filter%1$d}</flowable:expression></flowable:field>
        <flowable:field name="restUrlParams"><flowable:string>{"id": "${id%1$d}"}</flowable:string></flowable:field>
        <flowable:field name="requestHeaders"><flowable:string>{"X-Order": "${id%1$d}", "X-Task": "t%1$d", "Accept": "application/json"}</flowable:string></flowable:field>
        <flowable:field name="requestPayload"><flowable:string>{"id": "${id%1$d}", "lines": [{"n": %1$d, "item": "${item%1$d}"}]}</flowable:string></flowable:field>
        <flowable:field name="timeout"><flowable:string>1%1$d</flowable:string></flowable:field>
        <flowable:field name="outputMapping"><flowable:string>{"price%1$d": "${restResult.price%1$d}"}</flowable:string></flowable:field>
      </extensionElements></serviceTask>
      <sequenceFlow id="f%1$d" sourceRef="%2$s" targetRef="t%1$d"/>
      """;

  private DeploymentComparison() {}

  /** Takes the number of rounds, by default 100. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    Map<String, ProcessEngine> engines = new LinkedHashMap<>();
    engines.put(CHECKED, engine(Validation.FAIL));
    engines.put(UNCHECKED, engine(Validation.OFF));
    Comparison comparison = new Comparison(List.of(CHECKED, UNCHECKED));
    String xml = xml();
    for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
      Map<String, Double> round = new HashMap<>();
      engines.forEach((variant, engine) -> round.put(variant, deploy(engine, xml)));
      if (i >= 0) {
        comparison.addRound(round);
      }
    }
    engines.values().forEach(ProcessEngine::close);
    comparison.printTimes("A process with " + TASKS + " REST tasks");
    comparison.printRatio(CHECKED, UNCHECKED);
  }

  private static ProcessEngine engine(Validation validation) {
    ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
        .setDatabaseSchemaUpdate("true")
        .setEngineName(validation.name());
    configuration.addConfigurator(
        new RestConnectorConfigurator(RestConnectorSettings.defaults().withValidation(validation)));
    return configuration.buildProcessEngine();
  }

  /** In microseconds. What it leaves is taken away, so that rounds stay alike. */
  private static double deploy(ProcessEngine engine, String xml) {
    long start = System.nanoTime();
    String deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .addString("p.bpmn20.xml", xml)
            .deploy()
            .getId();
    double took = (System.nanoTime() - start) / 1e3;
    engine.getRepositoryService().deleteDeployment(deployment, true);
    return took;
  }

  private static String xml() {
    StringBuilder tasks = new StringBuilder("<startEvent id=\"start\"/>");
    for (int i = 0; i < TASKS; i++) {
      tasks.append(TASK.formatted(i, i == 0 ? "start" : "t" + (i - 1)));
    }
    return """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmark">
          <process id="p">%s</process></definitions>
        """
        .formatted(tasks);
  }
}
