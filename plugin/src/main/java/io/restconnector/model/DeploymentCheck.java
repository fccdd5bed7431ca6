package io.restconnector.model;

import io.restconnector.call.internal.RequestReader;
import io.restconnector.http.AccessSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.api.repository.EngineDeployment;
import org.flowable.common.engine.api.repository.EngineResource;
import org.flowable.common.engine.impl.EngineDeployer;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the models of a new deployment before the engine takes them: all of its files at once, so
 * that one message holds all findings. What is deployed already is never checked.
 */
public final class DeploymentCheck implements EngineDeployer {

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
    List<EngineDeployer> deployers = new ArrayList<>();
    if (engine.getCustomPreDeployers() != null) {
      deployers.addAll(engine.getCustomPreDeployers());
    }
    deployers.add(new DeploymentCheck(engine, validation, access, reader));
    engine.setCustomPreDeployers(deployers);
  }

  @Override
  public void deploy(EngineDeployment deployment, Map<String, Object> settings) {
    if (!deployment.isNew() || deployment.getDerivedFrom() != null) {
      return;
    }
    Map<String, List<Finding>> byFile = new LinkedHashMap<>();
    for (EngineResource resource : new TreeMap<>(deployment.getResources()).values()) {
      List<Finding> findings = check(resource);
      if (!findings.isEmpty()) {
        byFile.put(resource.getName(), findings);
      }
    }
    List<Finding> all = byFile.values().stream().flatMap(List::stream).toList();
    if (validation == Validation.FAIL && all.stream().anyMatch(Finding::isError)) {
      throw new FlowableIllegalArgumentException(text(byFile));
    }
    byFile.forEach(
        (file, findings) -> findings.forEach(finding -> LOG.warn("{}: {}", file, finding)));
  }

  private List<Finding> check(EngineResource resource) {
    String name = resource.getName();
    if (!(name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) || !mayBeOurs(resource)) {
      return List.of();
    }
    BpmnModel model;
    try {
      model = ModelCheck.read(new ByteArrayInputStream(resource.getBytes()));
    } catch (RuntimeException unreadable) {
      return List.of(); // the engine says why
    }
    return new ProcessCheck(reader.get(), access, engine.getExpressionManager()::createExpression)
        .check(model);
  }

  /** Saves the parsing of a model that names no action. */
  private static boolean mayBeOurs(EngineResource resource) {
    return new String(resource.getBytes(), StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .contains("rest");
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

  @Override
  public void undeploy(EngineDeployment deployment, boolean cascade) {
    // A check leaves nothing behind.
  }
}
