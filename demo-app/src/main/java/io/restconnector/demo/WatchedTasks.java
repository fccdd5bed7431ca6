package io.restconnector.demo;

import java.time.Duration;
import java.util.List;
import org.flowable.bpmn.model.BaseElement;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.engine.impl.bpmn.parser.BpmnParse;
import org.flowable.engine.impl.bpmn.parser.handler.AbstractBpmnParseHandler;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.flowable.spring.boot.EngineConfigurationConfigurer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Gives each service task a job, and so a transaction of its own: else a process is seen where it
 * waits next, never at a task. An application of yours has {@code flowable:async="true"} where it
 * needs that.
 */
@Component
class WatchedTasks extends AbstractBpmnParseHandler<ServiceTask>
    implements EngineConfigurationConfigurer<SpringProcessEngineConfiguration> {

  private final Duration pace;

  WatchedTasks(@Value("${demo.pace:1s}") Duration pace) {
    this.pace = pace;
  }

  @Override
  public void configure(SpringProcessEngineConfiguration configuration) {
    if (!pace.isZero()) {
      configuration.setPostBpmnParseHandlers(List.of(this));
    }
  }

  @Override
  protected Class<? extends BaseElement> getHandledType() {
    return ServiceTask.class;
  }

  @Override
  protected void executeParse(BpmnParse parse, ServiceTask task) {
    task.setAsynchronous(true);
  }
}
