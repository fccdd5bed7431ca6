package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.CallEngine;
import java.util.Objects;
import org.flowable.engine.impl.persistence.entity.DeploymentEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The project of a deployment, which is read once in a command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundProjectTest {

  private CallEngine engine;

  @BeforeAll
  void start() {
    engine = CallEngine.start();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private String deploy(String... namesAndTexts) {
    DeploymentBuilder deployment = engine.engine.getRepositoryService().createDeployment();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      deployment.addString(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return deployment.disableSchemaValidation().deploy().getId();
  }

  private String project() {
    return deploy("connectors/orders.json", ProjectTest.CONNECTOR, "p.bpmn", ProjectTest.MODEL);
  }

  private static DeploymentEntity deployment(String id) {
    return CommandContextUtil.getDeploymentEntityManager().findById(id);
  }

  private void inCommand(Runnable check) {
    engine
        .engine
        .getManagementService()
        .executeCommand(
            context -> {
              check.run();
              return null;
            });
  }

  @Test
  void whenADeploymentIsAProjectThenItIsReadOnceInACommand() {
    String id = project();
    BoundProject[] first = new BoundProject[1];
    inCommand(
        () -> {
          first[0] = Objects.requireNonNull(BoundProject.of(deployment(id)));
          assertThat(first[0].bindings().find("p", "call")).isNotNull();
          assertThat(first[0].bindings().find("q", "call")).isNull();
          assertThat(BoundProject.of(deployment(id))).isSameAs(first[0]);
        });
    inCommand(() -> assertThat(BoundProject.of(deployment(id))).isNotNull().isNotSameAs(first[0]));
  }

  @Test
  void whenACommandHasTwoProjectsThenEachIsItsOwn() {
    String one = project();
    String other = project();
    inCommand(
        () ->
            assertThat(BoundProject.of(deployment(one)))
                .isNotNull()
                .isNotSameAs(BoundProject.of(deployment(other))));
  }

  @Test
  void whenADeploymentIsNoProjectOrThereIsNoneThenThereIsNoProject() {
    String none = deploy("notes.txt", "none");
    inCommand(
        () -> {
          assertThat(BoundProject.of(null)).isNull();
          assertThat(BoundProject.of(deployment(none))).isNull();
          assertThat(BoundProject.of(deployment(none))).isNull();
        });
  }

  @Test
  void whenADeploymentIsDerivedThenItsProjectIsThatOfTheOriginal() {
    String id = project();
    String derived = deploy("notes.txt", "of one instance");
    inCommand(
        () -> {
          DeploymentEntity variant = deployment(derived);
          variant.setDerivedFrom(id);
          variant.setDerivedFromRoot(id);
          assertThat(BoundProject.of(variant))
              .isNotNull()
              .isSameAs(BoundProject.of(deployment(id)));
        });
  }

  @Test
  void whenADeploymentIsReadThenWhatIsWrongIsTold() {
    String id = project();
    Faults faults = new Faults();
    inCommand(
        () -> {
          BoundProject read = Objects.requireNonNull(BoundProject.read(deployment(id), faults));
          assertThat(read.project().tasks()).hasSize(1);
        });
    assertThat(faults.errors()).isEmpty();
  }
}
