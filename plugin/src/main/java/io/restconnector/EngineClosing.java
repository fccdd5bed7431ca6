package io.restconnector;

import java.util.ArrayList;
import java.util.List;
import org.flowable.common.engine.impl.interceptor.AbstractCommandInterceptor;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandConfig;
import org.flowable.common.engine.impl.interceptor.CommandExecutor;
import org.flowable.common.engine.impl.interceptor.CommandInterceptor;
import org.flowable.engine.impl.ProcessEngineImpl;
import org.flowable.engine.impl.SchemaOperationProcessEngineClose;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cmd.ClearProcessInstanceLockTimesCmd;
import org.flowable.job.service.impl.cmd.UnacquireOwnedJobsCmd;
import org.jspecify.annotations.Nullable;

/**
 * Does something while the engine closes. The engine tells its listeners only after it has closed
 * its connections, and not at all where a command of its closing fails, as each does when the
 * database is gone. So these commands are the sign: the async executor's, which comes first, where
 * it fails, and the engine's own in any case.
 */
final class EngineClosing extends AbstractCommandInterceptor {

  private final Runnable before;

  private EngineClosing(Runnable before) {
    this.before = before;
  }

  /** Before the engine is initialised. */
  static void install(ProcessEngineConfigurationImpl engine, Runnable before) {
    List<CommandInterceptor> interceptors = new ArrayList<>();
    interceptors.add(new EngineClosing(before));
    if (engine.getCustomPreCommandInterceptors() != null) {
      interceptors.addAll(engine.getCustomPreCommandInterceptors());
    }
    engine.setCustomPreCommandInterceptors(interceptors);
  }

  @Override
  public <T extends @Nullable Object> T execute(
      CommandConfig config, Command<T> command, CommandExecutor executor) {
    if (command instanceof ClearProcessInstanceLockTimesCmd
        || command instanceof SchemaOperationProcessEngineClose) {
      closeIfEngineCloses();
    }
    try {
      return next.execute(config, command, executor);
    } catch (RuntimeException | Error failed) {
      if (command instanceof UnacquireOwnedJobsCmd) { // the others will not come
        closeIfEngineCloses();
      }
      throw failed;
    }
  }

  /** An async executor that is shut down may be started again, and the engine is in use. */
  private void closeIfEngineCloses() {
    if (StackWalker.getInstance().walk(frames -> frames.anyMatch(EngineClosing::isClose))) {
      before.run();
    }
  }

  private static boolean isClose(StackWalker.StackFrame frame) {
    return frame.getClassName().equals(ProcessEngineImpl.class.getName())
        && frame.getMethodName().equals("close");
  }
}
