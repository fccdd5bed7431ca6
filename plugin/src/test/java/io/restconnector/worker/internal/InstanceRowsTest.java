package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.PlainEngines;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.flowable.common.engine.impl.db.DbSqlSession;
import org.flowable.common.engine.impl.persistence.entity.Entity;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstanceRowsTest {

  private ProcessEngine engine;
  private ProcessEngineConfigurationImpl configuration;
  private List<String> instances;

  @BeforeEach
  void start() {
    configuration = PlainEngines.configuration();
    configuration.setHistory("full");
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "p.bpmn20.xml",
            Bpmn.process(
                "p",
                "<startEvent id='s'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/>"
                    + "<userTask id='t'/>"))
        .deploy();
    begin();
    instances = List.of(begin(), begin());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private String begin() {
    return engine.getRuntimeService().startProcessInstanceByKey("p", Map.of("v", "x")).getId();
  }

  private <T> List<T> read(Function<InstanceRows, List<T>> rows) {
    return configuration
        .getCommandExecutor()
        .execute(context -> rows.apply(new InstanceRows(context.getSession(DbSqlSession.class))));
  }

  @Test
  void whenRowsAreReadThenTheyAreThoseOfTheInstancesAndOfNoOther() {
    assertThat(read(rows -> rows.executions(instances)))
        .extracting(Entity::getId)
        .containsExactlyInAnyOrderElementsOf(instances);
    assertThat(read(rows -> rows.executionsOfInstances(instances)))
        .allMatch(row -> row.getCurrentActivityId().equals("t"))
        .extracting(row -> row.getProcessInstanceId())
        .containsExactlyInAnyOrderElementsOf(instances);
    assertThat(read(rows -> rows.variables(instances)))
        .allMatch(row -> row.getName().equals("v") && row.getTextValue().equals("x"))
        .extracting(row -> row.getProcessInstanceId())
        .containsExactlyInAnyOrderElementsOf(instances);
    List<String> variables =
        read(rows -> rows.variables(instances)).stream().map(Entity::getId).toList();
    assertThat(read(rows -> rows.historicVariables(variables)))
        .allMatch(row -> row.getName().equals("v") && row.getTextValue().equals("x"))
        .extracting(Entity::getId)
        .containsExactlyInAnyOrderElementsOf(variables);
    assertThat(read(rows -> rows.historicInstances(instances)))
        .allMatch(row -> row.getProcessDefinitionKey().equals("p"))
        .extracting(Entity::getId)
        .containsExactlyInAnyOrderElementsOf(instances);
  }

  @Test
  void whenActivitiesAreReadThenTheyAreThoseThatHaveNotEnded() {
    List<String> executions =
        read(rows -> rows.executionsOfInstances(instances)).stream().map(Entity::getId).toList();
    List<String> unfinished =
        read(rows -> rows.unfinished(executions)).stream().map(Entity::getId).toList();

    assertThat(unfinished).hasSize(2);
    assertThat(read(rows -> rows.historicActivities(unfinished)))
        .allMatch(row -> row.getActivityId().equals("t"))
        .extracting(Entity::getId)
        .containsExactlyInAnyOrderElementsOf(unfinished);
  }
}
