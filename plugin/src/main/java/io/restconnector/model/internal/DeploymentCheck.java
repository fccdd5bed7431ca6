package io.restconnector.model.internal;

import io.restconnector.aps.RestCallDelegate;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.http.AccessSettings;
import io.restconnector.model.Finding;
import io.restconnector.model.Validation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.api.repository.EngineDeployment;
import org.flowable.engine.impl.bpmn.deployer.ParsedDeploymentBuilderFactory;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the models of a new deployment once the engine has parsed them and before it writes
 * anything: all of its files at once, so that one message holds all findings. What is deployed
 * already is never checked.
 */
public final class DeploymentCheck {

  private static final Logger LOG = LoggerFactory.getLogger(DeploymentCheck.class);

  private final ProcessEngineConfigurationImpl engine;
  private final Validation validation;
  private final AccessSettings access;
  private final Supplier<RequestReader> reader;

  private DeploymentCheck(
      ProcessEngineConfigurationImpl engine,
      Validation validation,
      AccessSettings access,
      Supplier<RequestReader> reader) {
    this.engine = engine;
    this.validation = validation;
    this.access = access;
    this.reader = reader;
  }

  /** Before the engine is initialised. */
  public static void install(
      ProcessEngineConfigurationImpl engine,
      Validation validation,
      AccessSettings access,
      Supplier<RequestReader> reader) {
    if (validation == Validation.OFF) {
      return;
    }
    ParsedDeploymentBuilderFactory own = engine.getParsedDeploymentBuilderFactory();
    engine.setParsedDeploymentBuilderFactory(
        new CheckedDeployments(
            own == null ? new ParsedDeploymentBuilderFactory() : own,
            new DeploymentCheck(engine, validation, access, reader)));
  }

  /** Whether it is one that somebody makes now, and not a variant for an instance that runs. */
  static boolean concerns(EngineDeployment deployment) {
    return deployment.isNew() && deployment.getDerivedFrom() == null;
  }

  /**
   * Tells what is wrong with the models of a deployment.
   *
   * @param models by file
   */
  void check(Map<String, BpmnModel> models) {
    Map<String, List<Finding>> byFile = new TreeMap<>();
    ProcessCheck check =
        new ProcessCheck(
            reader.get(),
            access,
            engine.getExpressionManager()::createExpression,
            hasRestCallDelegate());
    models.forEach(
        (file, model) -> {
          List<Finding> findings = check.check(model);
          if (!findings.isEmpty()) {
            byFile.put(file, findings);
          }
        });
    if (validation == Validation.FAIL
        && byFile.values().stream().flatMap(List::stream).anyMatch(Finding::isError)) {
      throw new FlowableIllegalArgumentException(text(byFile));
    }
    byFile.forEach(
        (file, findings) -> findings.forEach(finding -> LOG.warn("{}: {}", file, finding)));
  }

  /** An application's own bean of that name may take other fields. */
  private boolean hasRestCallDelegate() {
    try {
      return engine.getBeans().get(RestCallDelegate.BEAN_NAME) instanceof RestCallDelegate;
    } catch (RuntimeException notYetMade) {
      return false;
    }
  }

  private static String text(Map<String, List<Finding>> byFile) {
    StringBuilder text = new StringBuilder("REST tasks of this deployment cannot work:");
    byFile.forEach(
        (file, findings) -> {
          text.append('\n').append(file);
          findings.forEach(finding -> text.append("\n  ").append(finding));
        });
    return text.toString();
  }
}
