package io.restconnector.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.PlainEngines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flowable.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Scripts of something that is missing, or is not: each look has its answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaScriptsTest {

  private ProcessEngine engine;

  @BeforeAll
  void start() {
    engine = PlainEngines.configuration().buildProcessEngine();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /** Of indexes that are there, so that their script fails. */
  private static final class Waits extends SchemaScripts {

    private final List<@Nullable String> answers;

    Waits(@Nullable String... answers) {
      super("waits.");
      this.answers = new ArrayList<>(Arrays.asList(answers));
    }

    @Override
    protected @Nullable String missing() {
      String answer = answers.remove(0);
      if ("fails".equals(answer)) {
        throw new PersistenceException("unknown");
      }
      return answer;
    }

    @Override
    public void schemaDrop() {}

    @Override
    public String getContext() {
      return "waits";
    }
  }

  private void update(Waits scripts) {
    Object updated =
        engine.getManagementService().executeCommand(context -> scripts.schemaUpdate());
    assertThat(updated).isNull();
    assertThat(scripts.answers).isEmpty();
  }

  @Test
  void whenNothingIsMissingThenNothingIsRun() {
    update(new Waits((String) null));
  }

  @Test
  void whenAnotherNodeWasFasterThenNothingIsRun() {
    update(new Waits("create", null));
  }

  @Test
  void whenThereIsNoScriptForTheDatabaseThenNothingIsRun() {
    update(new Waits("other", "other"));
  }

  @Test
  void whenAScriptFailsAsAnotherNodeWasFasterThenAllIsWell() {
    update(new Waits("create", "create", null));
  }

  @Test
  void whenAScriptFailsAndItIsStillMissingThenTheScriptIsNamed() {
    for (String last : List.of("create", "fails")) {
      assertThatThrownBy(() -> update(new Waits("create", "create", last)))
          .hasMessageContaining("The script io/restconnector/db/waits.h2.create.sql has failed");
    }
  }
}
