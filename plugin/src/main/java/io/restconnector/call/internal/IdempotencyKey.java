package io.restconnector.call.internal;

import io.restconnector.spi.RestRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.job.service.JobProcessor;
import org.flowable.job.service.JobProcessorContext;
import org.flowable.job.service.impl.persistence.entity.JobEntity;

/**
 * The header {@code Idempotency-Key}: the same for one entry of an activity, however often its job
 * is retried, and another one for every new entry.
 *
 * <p>All that a retry shares with the first try is the correlation id of the job, which the engine
 * keeps when it moves a job: executions and activity instances that the first try created are gone.
 * What one job does after the other is counted. Ids of an engine may be mere numbers, so the start
 * of the instance tells engines apart that call the same service.
 */
public final class IdempotencyKey {

  private static final String HEADER = "Idempotency-Key";
  private static final String CURRENT = IdempotencyKey.class.getName();

  /** The job that the current command executes, and how often it has entered each activity. */
  private record CurrentJob(JobEntity job, Map<String, Integer> entries) {}

  private IdempotencyKey() {}

  /** Lets delegates know the job that executes them. */
  public static void install(ProcessEngineConfigurationImpl engine) {
    List<JobProcessor> processors = new ArrayList<>();
    if (engine.getJobServiceConfiguration().getJobProcessors() != null) {
      processors.addAll(engine.getJobServiceConfiguration().getJobProcessors());
    }
    processors.add(IdempotencyKey::remember);
    engine.getJobServiceConfiguration().setJobProcessors(processors);
  }

  private static void remember(JobProcessorContext context) {
    // The runs of a repeated timer are no retries, but share what a retry would.
    if (context.isInPhase(JobProcessorContext.Phase.BEFORE_EXECUTE)
        && context.getJobEntity() instanceof JobEntity job
        && job.getRepeat() == null) {
      Context.getCommandContext().addAttribute(CURRENT, new CurrentJob(job, new HashMap<>()));
    }
  }

  /** For the delegate of an activity; without a key outside of jobs. */
  public static RestRequest addTo(RestRequest request, String activityId) {
    CommandContext context = CommandContextUtil.getCommandContext();
    if (!(context.getAttribute(CURRENT) instanceof CurrentJob current) || !isWanted(request)) {
      return request;
    }
    int entry = current.entries().merge(activityId, 1, Integer::sum);
    ExecutionEntity instance =
        CommandContextUtil.getExecutionEntityManager(context)
            .findById(current.job().getProcessInstanceId());
    return instance == null
        ? request
        : withKey(request, instance, current.job().getCorrelationId(), activityId + "#" + entry);
  }

  /** For an external-worker task. */
  public static RestRequest addTo(
      RestRequest request, ExecutionEntity execution, String correlationId) {
    return isWanted(request)
        ? withKey(request, execution.getProcessInstance(), correlationId, "")
        : request;
  }

  private static boolean isWanted(RestRequest request) {
    return (request.method().equals("POST") || request.method().equals("PATCH"))
        && request.headers().stream().noneMatch(h -> h.getName().equalsIgnoreCase(HEADER));
  }

  private static RestRequest withKey(
      RestRequest request, ExecutionEntity instance, String correlationId, String entry) {
    Instant start = instance.getStartTime().toInstant();
    String name =
        String.join(
            "/", instance.getId(), String.valueOf(start.toEpochMilli()), correlationId, entry);
    return request.withHeader(
        new BasicHeader(
            HEADER, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString()));
  }
}
