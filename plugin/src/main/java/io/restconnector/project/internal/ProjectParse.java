package io.restconnector.project.internal;

import io.restconnector.call.internal.TaskMapping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.common.engine.impl.util.io.InputStreamSource;
import org.flowable.engine.impl.bpmn.parser.BpmnParse;
import org.flowable.engine.impl.bpmn.parser.BpmnParser;
import org.jspecify.annotations.Nullable;

/**
 * Parses a BPMN file with the other files of its project at hand: when it is deployed, and whenever
 * an engine has its definition no more, such as after a restart or on another node.
 */
final class ProjectParse extends BpmnParse {

  private @Nullable BoundProject project;

  ProjectParse(BpmnParser parser) {
    super(parser);
  }

  @Override
  public BpmnParse execute() {
    project = BoundProject.of(deployment);
    if (project != null) {
      streamSource = new InputStreamSource(bound(project.bindings()));
    }
    return super.execute();
  }

  private InputStream bound(Bindings bindings) {
    try (InputStream original = streamSource.getInputStream()) {
      String xml = ProjectFiles.text(original.readAllBytes());
      return new ByteArrayInputStream(
          TaskBinder.bind(xml, bindings).getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  protected void applyParseHandlers() {
    if (project != null) {
      for (Process process : bpmnModel.getProcesses()) {
        bind(process, project);
      }
    }
    super.applyParseHandlers();
  }

  private static void bind(Process process, BoundProject project) {
    for (ServiceTask task : process.findFlowElementsOfType(ServiceTask.class, true)) {
      MappedTask mapped = project.bindings().find(process.getId(), task.getId());
      if (mapped != null) {
        TaskMapping.add(task, mapped);
      }
    }
    PropertyDefaults.add(process, project.project().extensions(process.getId()));
  }
}
