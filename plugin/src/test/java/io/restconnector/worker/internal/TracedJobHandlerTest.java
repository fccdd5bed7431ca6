package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.internal.Tracing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.impl.jobexecutor.ExternalWorkerTaskCompleteJobHandler;
import org.flowable.job.service.JobHandler;
import org.flowable.job.service.impl.persistence.entity.JobEntity;
import org.flowable.job.service.impl.persistence.entity.JobEntityImpl;
import org.flowable.variable.api.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handlers that go on in the trace of a job. */
class TracedJobHandlerTest {

  private record Recorded(String getType, List<String> done) implements JobHandler {
    @Override
    public void execute(
        JobEntity job,
        @Nullable String configuration,
        VariableScope scope,
        CommandContext context) {
      done.add(job.getId() + configuration);
    }
  }

  @Test
  void whenHandlersOfAnswersAreInstalledThenEachIsWrappedOnceAndOthersAreNot() {
    var engine = new StandaloneProcessEngineConfiguration();
    Map<String, JobHandler> handlers = new HashMap<>();
    for (String type :
        List.of(ExternalWorkerTaskCompleteJobHandler.TYPE, AnswerJobHandler.LOCAL, "other")) {
      handlers.put(type, new Recorded(type, new ArrayList<>()));
    }
    engine.setJobHandlers(handlers);

    TracedJobHandler.install(engine, Tracing.OFF);
    JobHandler once = Objects.requireNonNull(engine.getJobHandlers().get(AnswerJobHandler.LOCAL));
    TracedJobHandler.install(engine, Tracing.OFF);

    assertThat(engine.getJobHandlers()).hasSize(3); // one of ours is not there
    assertThat(engine.getJobHandlers().get(AnswerJobHandler.LOCAL)).isSameAs(once);
    assertThat(once).isInstanceOf(TracedJobHandler.class);
    assertThat(once.getType()).isEqualTo(AnswerJobHandler.LOCAL);
    assertThat(engine.getJobHandlers().get(ExternalWorkerTaskCompleteJobHandler.TYPE))
        .isInstanceOf(TracedJobHandler.class);
    assertThat(engine.getJobHandlers().get("other")).isInstanceOf(Recorded.class);
  }

  @Test
  @SuppressWarnings("NullAway") // neither scope nor context is looked at
  void whenNothingIsTracedThenTheHandlerDoesItsWork() {
    List<String> done = new ArrayList<>();
    JobEntity job = new JobEntityImpl();
    job.setId("id");

    new TracedJobHandler(new Recorded("t", done), Tracing.OFF).execute(job, " c", null, null);

    assertThat(done).containsExactly("id c");
  }
}
