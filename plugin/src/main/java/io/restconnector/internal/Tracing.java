package io.restconnector.internal;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes one trace of what belongs together: a webhook request, the jobs of the process that it
 * starts or wakes, and their calls. The spans of the calls themselves are an interceptor's.
 *
 * <p>Threads: any.
 */
public interface Tracing {

  /** Nothing is traced. */
  Tracing OFF = new NoTracing();

  /** A span of {@link #OFF}. */
  Span OFF_SPAN = new NoTracing();

  /** What becomes of an external-worker job. */
  enum JobStep {
    /** It is created, until its transaction ends. */
    SEND,
    /** A node has taken it, until its answer is written. */
    PROCESS,
    /** The async executor goes on with its answer. */
    SETTLE
  }

  /**
   * The task of a job.
   *
   * @param action such as {@code restGet}
   */
  record JobTask(
      String action, String processDefinitionId, String processInstanceId, String activityId) {}

  /**
   * Says how paths and URLs are shown in spans. Must come before the first of them.
   *
   * @param shown takes out what is secret
   */
  void show(UnaryOperator<String> shown);

  /** Whether spans are made, and so have a {@link Span#context}. */
  boolean isOn();

  /**
   * Starts the span of a step of a job.
   *
   * @param context that was kept with the job, null for none. A job that is sent belongs to what
   *     this thread does.
   */
  Span job(JobStep step, JobTask task, @Nullable String context);

  /**
   * Starts the span of a webhook request.
   *
   * @param path as it came over the wire, without the query
   * @param header gives the value of a header by its name in lower case
   */
  Span webhook(String method, String path, UnaryOperator<@Nullable String> header);

  /** A piece of work from its start to its end. */
  interface Span {

    /** What this thread does until it closes the scope is part of this. */
    Scope open();

    /** Runs work as part of this. */
    default <T> T within(Supplier<T> work) {
      Scope scope = open();
      try {
        return work.get();
      } finally {
        scope.close();
      }
    }

    /** What another thread or node needs to go on with this; null where there is nothing. */
    @Nullable String context();

    /** Adds an attribute; null for none. */
    void set(String attribute, @Nullable String value);

    /**
     * Ends this; every call but the first does nothing.
     *
     * @param error the kind of failure in a word, null for none
     */
    void end(@Nullable String error);
  }

  /** The time of a thread in a span. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
