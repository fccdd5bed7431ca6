package io.restconnector.project.internal;

import java.util.Optional;
import org.flowable.common.engine.api.repository.EngineDeployment;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.jspecify.annotations.Nullable;

/** A project whose tasks are bound, as long as a command needs it. */
record BoundProject(Project project, Bindings bindings) {

  /** That of a deployment; null where it is no project. Each is read once in a command. */
  static @Nullable BoundProject of(@Nullable EngineDeployment deployment) {
    if (deployment == null) {
      return null;
    }
    CommandContext command = CommandContextUtil.getCommandContext();
    // What is derived from a deployment, such as a variant for one instance, has its BPMN only.
    EngineDeployment original =
        deployment.getDerivedFromRoot() == null
            ? deployment
            : CommandContextUtil.getDeploymentEntityManager(command)
                .findById(deployment.getDerivedFromRoot());
    String key = BoundProject.class.getName() + ":" + original.getId();
    Object known = command.getAttribute(key);
    if (known == null) {
      known = Optional.ofNullable(read(original, new Faults()));
      command.addAttribute(key, known);
    }
    return (BoundProject) ((Optional<?>) known).orElse(null);
  }

  /** Reads a deployment. What is wrong was told when it was deployed. */
  static @Nullable BoundProject read(EngineDeployment deployment, Faults faults) {
    Project project = Project.read(deployment.getResources(), faults);
    return project == null ? null : new BoundProject(project, Bindings.of(project, faults));
  }
}
