package io.restconnector.model.internal;

import java.util.HashMap;
import java.util.Map;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.common.engine.api.repository.EngineDeployment;
import org.flowable.engine.impl.bpmn.deployer.ParsedDeployment;
import org.flowable.engine.impl.bpmn.deployer.ParsedDeploymentBuilder;
import org.flowable.engine.impl.bpmn.deployer.ParsedDeploymentBuilderFactory;
import org.flowable.engine.impl.bpmn.parser.BpmnParser;
import org.flowable.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * The one place where the engine has all models of a deployment and has written none. To parse a
 * model a second time would cost as much as its whole deployment may; hence internal types.
 */
final class CheckedDeployments extends ParsedDeploymentBuilderFactory {

  private final ParsedDeploymentBuilderFactory builders;
  private final DeploymentCheck check;

  /**
   * Wraps the builders of an engine.
   *
   * @param builders which the application may have set
   */
  CheckedDeployments(ParsedDeploymentBuilderFactory builders, DeploymentCheck check) {
    this.builders = builders;
    this.check = check;
  }

  @Override
  public BpmnParser getBpmnParser() {
    return builders.getBpmnParser();
  }

  @Override
  public void setBpmnParser(BpmnParser bpmnParser) {
    builders.setBpmnParser(bpmnParser);
  }

  @Override
  public ParsedDeploymentBuilder getBuilderForDeployment(EngineDeployment deployment) {
    return checked(deployment, builders.getBuilderForDeployment(deployment));
  }

  @Override
  public ParsedDeploymentBuilder getBuilderForDeploymentAndSettings(
      EngineDeployment deployment, Map<String, Object> settings) {
    return checked(deployment, builders.getBuilderForDeploymentAndSettings(deployment, settings));
  }

  private ParsedDeploymentBuilder checked(
      EngineDeployment deployment, ParsedDeploymentBuilder builder) {
    if (!DeploymentCheck.concerns(deployment)) {
      return builder;
    }
    return new ParsedDeploymentBuilder(deployment, getBpmnParser(), null) {
      @Override
      public ParsedDeployment build() {
        ParsedDeployment parsed = builder.build();
        check.check(models(parsed));
        return parsed;
      }
    };
  }

  private static Map<String, BpmnModel> models(ParsedDeployment parsed) {
    Map<String, BpmnModel> models = new HashMap<>();
    for (ProcessDefinitionEntity process : parsed.getAllProcessDefinitions()) {
      models.put(
          parsed.getResourceForProcessDefinition(process).getName(),
          parsed.getBpmnModelForProcessDefinition(process));
    }
    return models;
  }
}
