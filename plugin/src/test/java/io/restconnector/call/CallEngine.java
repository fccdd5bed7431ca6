package io.restconnector.call;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.EngineFixture;
import io.restconnector.fixtures.PlainEngines;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.worker.WorkerSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.task.api.Task;

/** A real engine on a database of its own, and processes of one service task. */
public final class CallEngine extends EngineFixture {

  /**
   * Where an instance came to rest after its call, and what it then holds, read from the database.
   */
  public record Outcome(String instance, String task, Map<String, Object> variables) {
    /** JSON in the connector's form, whatever the engine has. */
    public Outcome {
      variables = new HashMap<>(variables);
      variables.replaceAll((name, value) -> EngineJson.fromEngine(value));
    }

    /** The code of the error that was caught, "none" where there was none. */
    public String code() {
      return (String) variables.getOrDefault("code", "none");
    }

    public Object get(String variable) {
      return variables.get(variable);
    }

    public String error() {
      return (String) variables.get("restError");
    }
  }

  private static final String CODES =
      Arrays.stream(ErrorCode.values()).map(CallEngine::error).collect(Collectors.joining());

  private CallEngine(ProcessEngine engine) {
    super(engine);
  }

  public static CallEngine start() {
    return start(RestConnectorSettings.defaults());
  }

  public static CallEngine start(RestConnectorSettings settings) {
    return start(new RestConnectorConfigurator(settings));
  }

  public static CallEngine start(RestConnectorConfigurator connector) {
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    configuration.addConfigurator(connector);
    return start(configuration);
  }

  public static CallEngine withWorker() {
    return start(
        RestConnectorSettings.defaults().withWorker(WorkerSettings.defaults().withEnabled(true)));
  }

  public static CallEngine start(ProcessEngineConfigurationImpl configuration) {
    return new CallEngine(configuration.buildProcessEngine());
  }

  /** Deploys wrong models to this engine, for what the runtime says about them. */
  public CallEngine unchecked() {
    return new CallEngine(uncheckedEngine());
  }

  private static String error(ErrorCode code) {
    return "<error id=\"%1$s\" errorCode=\"%1$s\"/>".formatted(code);
  }

  public static String byExpression(RestAction action) {
    return "flowable:delegateExpression=\"${%s}\"".formatted(action.beanName());
  }

  public static String byClass(RestAction action) {
    String name = action.beanName().substring("rest".length());
    return "flowable:class=\"io.restconnector.call.%sDelegate\"".formatted(name);
  }

  public static String byTopic(RestAction action) {
    return "flowable:type=\"external-worker\" flowable:topic=\"%s\"".formatted(action.beanName());
  }

  /** A literal field; for a JSON input a template. */
  public static String string(String name, String value) {
    return Bpmn.string(name, value);
  }

  public static String expression(String name, String value) {
    return Bpmn.expression(name, value);
  }

  /**
   * Deploys a process that makes one call and then waits in the task {@code done}, or {@code
   * caught} behind a boundary event that keeps code and message of the error.
   */
  public CallEngine deploy(String id, String binding, String... fields) {
    return deployProcess(
        id,
        """
        <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
        <serviceTask id="call" %s><extensionElements>%s</extensionElements></serviceTask>
        <sequenceFlow sourceRef="call" targetRef="done"/><userTask id="done"/>
        <boundaryEvent id="error" attachedToRef="call">
          <extensionElements>
            <flowable:in source="errorCode" target="code"/>
            <flowable:in source="errorMessage" target="thrown"/>
          </extensionElements>
          <errorEventDefinition/></boundaryEvent>
        <sequenceFlow sourceRef="error" targetRef="caught"/><userTask id="caught"/>
        """
            .formatted(binding, String.join("", fields)));
  }

  /** Deploys a process whose elements are given. */
  public CallEngine deployProcess(String id, String elements) {
    deployProcess(id, CODES, elements);
    return this;
  }

  public Outcome run(String process, Map<String, Object> variables) {
    return outcome(begin(process, variables));
  }

  /** Of an instance that has come to rest, or whose call the worker makes. */
  Outcome outcome(String instance) {
    Task task = awaitTask(instance);
    return new Outcome(instance, task.getTaskDefinitionKey(), runtime().getVariables(instance));
  }

  /** What the task sees in which an instance waits, the variables of its own execution too. */
  Map<String, Object> seenByTask(Outcome outcome) {
    return runtime().getVariables(awaitTask(outcome.instance()).getExecutionId());
  }
}
