package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.internal.Tracing;
import java.util.ArrayList;
import java.util.List;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.interceptor.CreateExternalWorkerJobAfterContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobBeforeContext;
import org.flowable.engine.interceptor.CreateExternalWorkerJobInterceptor;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntityImpl;
import org.junit.jupiter.api.Test;

/** Jobs of other topics, and interceptors of the application. */
@SuppressWarnings("NullAway") // for such jobs no worker is asked
class CreatedJobsTest {

  private final List<String> seen = new ArrayList<>();
  private final StandaloneProcessEngineConfiguration engine =
      new StandaloneProcessEngineConfiguration();

  private final class Own implements CreateExternalWorkerJobInterceptor {
    @Override
    public void beforeCreateExternalWorkerJob(CreateExternalWorkerJobBeforeContext context) {
      seen.add("before");
    }

    @Override
    public void afterCreateExternalWorkerJob(CreateExternalWorkerJobAfterContext context) {
      seen.add("after");
    }
  }

  private CreatedJobs install() {
    return CreatedJobs.install(engine, null, null, Tracing.OFF);
  }

  private static void create(CreatedJobs created, String topic) {
    var job = new ExternalWorkerJobEntityImpl();
    job.setJobHandlerConfiguration(topic);
    job.setElementId("call");
    job.setProcessInstanceId("i");
    created.beforeCreateExternalWorkerJob(
        new CreateExternalWorkerJobBeforeContext(null, null, null));
    created.afterCreateExternalWorkerJob(new CreateExternalWorkerJobAfterContext(null, job, null));
  }

  @Test
  void whenTheApplicationHasAnInterceptorThenItIsAskedOnceHoweverOftenAWorkerIsStarted() {
    engine.setCreateExternalWorkerJobInterceptor(new Own());
    install();
    CreatedJobs second = install();

    assertThat(engine.getCreateExternalWorkerJobInterceptor()).isSameAs(second);
    create(second, "other");
    assertThat(seen).containsExactly("before", "after");
    assertThat(second.size()).isZero();
  }

  @Test
  void whenATopicIsAnActionInOtherLettersThenThatIsToldOnceForEachSpelling() {
    CreatedJobs created = install();
    try (LoggedEvents log = LoggedEvents.of(CreatedJobs.class)) {
      for (String topic : List.of("rest-get", "rest-get", "RESTGET", "unlike", "restful")) {
        create(created, topic);
      }
      assertThat(log.messages())
          .containsExactly(
              "Activity 'call' of instance i has the topic 'rest-get', wanted 'restGet': the REST"
                  + " connector does not make its call",
              "Activity 'call' of instance i has the topic 'RESTGET', wanted 'restGet': the REST"
                  + " connector does not make its call");
    }
  }

  @Test
  void whenTopicsAreMadeUpThenOnlySomeAreTold() {
    CreatedJobs created = install();
    try (LoggedEvents log = LoggedEvents.of(CreatedJobs.class).alone()) {
      for (int i = 1; i <= 150; i++) {
        create(created, "rest" + "-".repeat(i) + "get");
      }
      assertThat(log.messages()).hasSize(100);
    }
  }
}
