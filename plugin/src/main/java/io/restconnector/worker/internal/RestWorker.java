package io.restconnector.worker.internal;

import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.share.Share;
import io.restconnector.internal.Tracing;
import io.restconnector.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of external-worker tasks whose topic is an action of the connector.
 *
 * <p>One thread takes jobs and keeps their locks; three more read inputs and complete jobs; the
 * client's own threads carry the calls. So at most four connections of the engine are in use, and
 * one call in flight is an entry in a map.
 */
public final class RestWorker implements AutoCloseable {

  /**
   * What an operator wants to know.
   *
   * @param takesJobs whether this node looks for jobs
   * @param reachesJobs whether it could, when it last did, and whether the database takes writes
   * @param inFlight jobs taken and not completed
   * @param queueAge age of the oldest job that no node has locked, zero if no job waits
   */
  public record Status(boolean takesJobs, boolean reachesJobs, int inFlight, Duration queueAge) {}

  /** Nanoseconds that giving back has in any case, however short the time for closing is. */
  private static final long LAST_WRITE = TimeUnit.SECONDS.toNanos(1);

  private final ProcessEngineConfigurationImpl engine;
  private final WorkerSettings settings;
  private final Tracing tracing;
  private final JobLocks locks;
  private final DatabaseWatch database;
  private final InFlightJobs runner;
  private final JobPoll poll;
  private final Thread thread;
  private volatile @Nullable CreatedJobs createdHere;
  private volatile boolean stopping;
  private volatile boolean closed;

  public RestWorker(
      ProcessEngineConfigurationImpl engine,
      RestCalls calls,
      HttpSettings http,
      WorkerSettings settings,
      Tracing tracing) {
    this.engine = engine;
    this.settings = settings;
    this.tracing = tracing;
    locks =
        new JobLocks(
            engine,
            settings.lockDuration(),
            calls.client().shares().all().stream().map(Share::name).toList());
    database =
        new DatabaseWatch(locks::tryToWrite, this::wake, settings.lockDuration().toNanos() / 6);
    runner =
        new InFlightJobs(
            new JobStore(engine, locks),
            locks,
            database,
            calls,
            http,
            tracing,
            this::hasFreeRoom,
            this::wake,
            settings.pollInterval());
    poll =
        new JobPoll(
            settings, locks, database, runner, this::room, this::takesJobs, this::forgetExpired);
    thread = new Thread(poll, "rest-connector-worker");
    thread.setDaemon(true);
  }

  private void wake() {
    poll.wake();
  }

  /** Before the engine is initialised: what the worker needs of it. */
  public static void prepare(ProcessEngineConfigurationImpl engine) {
    JobStore.prepare(engine);
  }

  public Status status() {
    return new Status(
        takesJobs(),
        !poll.isFailing() && !database.isUnavailable(),
        runner.size(),
        poll.queueAge());
  }

  /** When the engine has been built. */
  public void start() {
    createdHere = CreatedJobs.install(engine, this, locks, tracing);
    if (tracing.isOn()) {
      TracedJobHandler.install(engine, tracing);
    }
    if (!Boolean.FALSE.equals(settings.enabled())) {
      thread.start();
    }
  }

  boolean takesJobs() {
    return !stopping && !isOff();
  }

  /** Whether this node is not to take jobs, or not yet. */
  boolean isOff() {
    Boolean enabled = settings.enabled();
    return enabled != null
        ? !enabled
        : engine.getAsyncExecutor() == null || !engine.getAsyncExecutor().isActive();
  }

  private int room() {
    return settings.maxInFlight() - runner.size() - reserved();
  }

  private void forgetExpired() {
    CreatedJobs created = createdHere;
    if (created != null) {
      created.forgetExpired();
    }
  }

  private int reserved() {
    CreatedJobs created = createdHere;
    return created == null ? 0 : created.size();
  }

  /** For a job of this node; else it is found when there is room. */
  boolean hasRoomForCreated() {
    return room() > 0 && !runner.isBehind() && !database.isUnavailable();
  }

  /** A job for which there was no room can be found now. */
  void createdWithoutRoom() {
    poll.leftWaiting();
    poll.roomGrew();
  }

  /** A job has ended, or was not created after all. */
  void hasFreeRoom() {
    poll.roomGrew();
  }

  /** A job that was inserted with the lock of this node. */
  void created(Job job, long lockedSince) {
    if (closed) {
      JobPoll.giveBack(1, () -> locks.releaseCreated(job.id()));
    } else {
      runner.take(List.of(job), lockedSince);
    }
  }

  /**
   * Takes no more jobs, lets calls in flight end, and leaves all the others to other nodes at once:
   * all that within the {@code drain-timeout}. For use while the database can be reached.
   */
  @Override
  public void close() {
    close(settings.drainTimeout());
  }

  void close(Duration timeout) {
    if (stopping) {
      return;
    }
    long end = System.nanoTime() + timeout.toNanos();
    // What is left of the time is for giving back what has not ended.
    long endOfCalls = end - timeout.toNanos() / 5;
    stopping = true;
    runner.stop();
    poll.stop();
    try {
      while (reserved() > 0 && endOfCalls - System.nanoTime() > 0) {
        TimeUnit.MILLISECONDS.sleep(20); // until their transactions end
      }
      poll.wake();
      runner.awaitIdle(endOfCalls - System.nanoTime());
      runner.close((end - System.nanoTime()) / 2);
      closed = true;
      poll.close();
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(LAST_WRITE, end - System.nanoTime()));
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    closed = true;
    poll.close();
    if (thread.isAlive()) {
      thread.interrupt(); // it may wait for a connection of a database that is away
    }
  }
}
