package io.restconnector.project.internal;

import io.restconnector.content.internal.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.api.repository.EngineDeployment;
import org.flowable.common.engine.impl.EngineDeployer;
import org.flowable.common.engine.impl.interceptor.EngineConfigurationConstants;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.DeploymentEntity;
import org.flowable.engine.impl.persistence.entity.ResourceEntity;
import org.flowable.engine.impl.persistence.entity.ResourceEntityImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a project before anything of it is deployed, and gives its triggers to the event registry
 * as channel files of the same deployment.
 */
public final class ProjectDeployer implements EngineDeployer {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectDeployer.class);

  private final ProcessEngineConfigurationImpl engine;
  private final Set<String> authentications;
  private final boolean isParsedByUs;

  private ProjectDeployer(
      ProcessEngineConfigurationImpl engine, Set<String> authentications, boolean isParsedByUs) {
    this.engine = engine;
    this.authentications = authentications;
    this.isParsedByUs = isParsedByUs;
  }

  /**
   * Before the engine is initialised.
   *
   * @param authentications the names that this node has
   */
  public static void install(ProcessEngineConfigurationImpl engine, Set<String> authentications) {
    boolean isParsedByUs = engine.getBpmnParseFactory() == null;
    if (isParsedByUs) {
      engine.setBpmnParseFactory(ProjectParse::new);
    }
    List<EngineDeployer> deployers = new ArrayList<>();
    deployers.add(new ProjectDeployer(engine, authentications, isParsedByUs));
    if (engine.getCustomPreDeployers() != null) {
      deployers.addAll(engine.getCustomPreDeployers());
    }
    engine.setCustomPreDeployers(deployers);
  }

  @Override
  public void deploy(EngineDeployment deployment, Map<String, Object> settings) {
    hideFilesOfSystem(deployment);
    if (!deployment.isNew() || deployment.getDerivedFrom() != null) {
      return;
    }
    Faults faults = new Faults();
    BoundProject bound = BoundProject.read(deployment, faults);
    if (bound == null) {
      return;
    }
    if (!isParsedByUs) {
      throw new FlowableIllegalArgumentException(
          "The files of a project cannot be deployed where the application sets its own"
              + " BpmnParseFactory, which would drop what its tasks are");
    }
    new ProjectCheck(authentications, engine.getExpressionManager()::createExpression, faults)
        .check(
            bound,
            engine
                .getEngineConfigurations()
                .containsKey(EngineConfigurationConstants.KEY_EVENT_REGISTRY_CONFIG));
    if (!faults.errors().isEmpty()) {
      throw new FlowableIllegalArgumentException(
          "This project cannot run:\n  " + String.join("\n  ", faults.errors()));
    }
    faults.warnings().forEach(LOG::warn);
    for (TriggerFile trigger : bound.project().triggers()) {
      ((DeploymentEntity) deployment).addResource(channel(trigger));
    }
  }

  /** From the deployers that follow, each time that the deployment is read. */
  private static void hideFilesOfSystem(EngineDeployment deployment) {
    Set<String> names = deployment.getResources().keySet();
    if (names.stream().anyMatch(ProjectFiles::isOfSystem) && BoundProject.of(deployment) != null) {
      names.removeIf(ProjectFiles::isOfSystem);
    }
  }

  /** Not stored: the event registry keeps a copy of its own. */
  private static ResourceEntity channel(TriggerFile trigger) {
    ResourceEntity resource = new ResourceEntityImpl();
    resource.setName(trigger.file() + ".channel");
    resource.setBytes(JsonText.ascii(trigger.channel()).getBytes(StandardCharsets.UTF_8));
    return resource;
  }

  @Override
  public void undeploy(EngineDeployment deployment, boolean cascade) {
    // The event registry removes the channels of the deployment.
  }
}
