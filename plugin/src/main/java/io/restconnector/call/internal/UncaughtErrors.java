package io.restconnector.call.internal;

import java.util.Objects;
import java.util.Set;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.interceptor.AbstractCommandInterceptor;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandConfig;
import org.flowable.common.engine.impl.interceptor.CommandExecutor;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.impl.bpmn.helper.ErrorPropagation;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.api.FlowableUnrecoverableJobException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception for an error that nothing catches say what happened. The engine replaces the
 * error that a task raises by one of its own, which knows neither its message nor the activity.
 */
public final class UncaughtErrors extends AbstractCommandInterceptor {

  private static final String RAISED = UncaughtErrors.class.getName();

  /** Trying again sends nothing again: it is the model or its data that are wrong. */
  private static final Set<String> PERMANENT =
      Set.of(ErrorCode.MISSING_INPUT.name(), ErrorCode.INVALID_INPUT.name());

  private record Raised(String code, String text) {}

  private UncaughtErrors() {}

  public static void install(ProcessEngineConfigurationImpl engine) {
    engine.addCustomPostCommandInterceptor(new UncaughtErrors());
  }

  /**
   * The same error, which the caller raises in the current command.
   *
   * @param activity that raises it
   */
  public static BpmnError raised(BpmnError error, String activity) {
    String text = text(error.getErrorCode(), activity, error.getMessage());
    Objects.requireNonNull(Context.getCommandContext())
        .addAttribute(RAISED, new Raised(error.getErrorCode(), text));
    return error;
  }

  /** Code, activity and message of an error, on one line. */
  public static String text(String code, String activity, @Nullable String message) {
    String line = OneLine.of(String.valueOf(message));
    String place = "activity '" + activity + "'";
    return line.contains(place) ? code + ": " + line : code + " in " + place + ": " + line;
  }

  /** Whether a job that ended so is tried again. */
  public static boolean isRetried(String code) {
    return !PERMANENT.contains(code);
  }

  /** Whether the engine throws it because nothing catches an error. */
  public static boolean isNotCaught(FlowableException thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().equals(ErrorPropagation.class.getName());
  }

  @Override
  public <T> T execute(CommandConfig config, Command<T> command, CommandExecutor executor) {
    try {
      return getNext().execute(config, command, executor);
    } catch (FlowableException thrown) {
      if (isNotCaught(thrown)
          && Context.getCommandContext().getAttribute(RAISED) instanceof Raised raised
          && (!(thrown instanceof BpmnError error) || raised.code().equals(error.getErrorCode()))) {
        throw telling(raised, thrown);
      }
      throw thrown;
    }
  }

  private static BpmnError telling(Raised raised, FlowableException thrown) {
    BpmnError telling = new BpmnError(raised.code(), raised.text());
    telling.setStackTrace(thrown.getStackTrace());
    if (thrown instanceof BpmnError error) {
      telling.setAdditionalDataContainer(error.getAdditionalDataContainer());
    }
    if (!isRetried(raised.code())) {
      telling.initCause(new FlowableUnrecoverableJobException(raised.text()));
    }
    return telling;
  }
}
