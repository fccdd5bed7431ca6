package io.restconnector.worker.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * Completes several jobs with the results of their calls, in one transaction: all or none. Returns
 * the ids of those that were still this node's.
 *
 * @param commands by their calls, which are of different instances
 */
record CompleteJobsCmd(
    ProcessEngineConfigurationImpl engine,
    JobStore store,
    Map<InFlightJob, CompleteJobCmd> commands)
    implements Command<Set<String>> {

  @Override
  public Set<String> execute(CommandContext context) {
    List<Job> jobs = commands.keySet().stream().map(call -> call.job).toList();
    BatchSession.open(context, jobs);
    store.owned(jobs); // so that each command finds its job without asking the database
    Set<String> owned = new HashSet<>();
    commands.forEach(
        (call, command) -> {
          // A command within this one, so that what follows in the process is part of the span.
          if (call.span().within(() -> engine.getCommandExecutor().execute(command))) {
            owned.add(call.job.id());
          }
        });
    return owned;
  }
}
