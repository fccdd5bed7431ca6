package io.restconnector.project.internal;

import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.repository.EngineResource;
import org.jspecify.annotations.Nullable;

/**
 * A project as it was deployed.
 *
 * @param processes what it says of its processes, by id
 * @param authentications its files by the name that each wants
 */
record Project(
    Map<String, Connector> connectors,
    Map<String, ProcessExtensions> processes,
    List<ModelScan.Task> tasks,
    List<TriggerFile> triggers,
    Map<String, String> authentications) {

  /**
   * Reads a deployment.
   *
   * @param faults what is wrong with its files
   * @return null where it is no project
   */
  static @Nullable Project read(Map<String, ? extends EngineResource> resources, Faults faults) {
    ProjectFiles files = ProjectFiles.read(resources, faults);
    if (files == null) {
      return null;
    }
    Map<String, Connector> connectors =
        new ConnectorReader(faults).read(files.in(ProjectFiles.CONNECTORS));
    ModelScan models = ModelScan.of(files, faults);
    return new Project(
        connectors,
        new ExtensionsReader(faults).read(files.others()),
        List.copyOf(models.tasks()),
        new TriggersReader(connectors, models.processes(), faults)
            .read(files.in(ProjectFiles.TRIGGERS)),
        Authentications.read(files.in(ProjectFiles.AUTHENTICATIONS), faults));
  }

  ProcessExtensions extensions(String process) {
    ProcessExtensions extensions = processes.get(process);
    return extensions == null
        ? new ProcessExtensions("", false, Map.of(), Map.of(), Map.of())
        : extensions;
  }
}
