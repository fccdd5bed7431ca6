package io.restconnector.worker;

import io.restconnector.call.RestAction;
import io.restconnector.call.RestCalls;
import io.restconnector.http.HttpSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls of external-worker tasks whose topic is an action of the connector.
 *
 * <p>One thread takes jobs and keeps their locks; three more read inputs and complete jobs; the
 * client's own threads carry the calls. So at most four connections of the engine are in use, and
 * one call in the air is an entry in a map.
 */
public final class RestWorker implements AutoCloseable {

  /**
   * What an operator wants to know.
   *
   * @param takesJobs whether this node looks for jobs
   * @param reachesJobs whether it could, when it last did
   * @param inFlight jobs taken and not completed
   * @param queueAge of the oldest job that nobody had taken, zero where none waits
   */
  public record Status(boolean takesJobs, boolean reachesJobs, int inFlight, Duration queueAge) {}

  private static final Logger LOG = LoggerFactory.getLogger(RestWorker.class);
  private static final int BATCH = 100;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ProcessEngineConfigurationImpl engine;
  private final WorkerSettings settings;
  private final long lockNanos;
  private final JobStore store;
  private final CallRunner runner;
  private final Thread thread;
  private final Semaphore wake = new Semaphore(0);

  /** Jobs created in transactions that have not ended, with the time when they were. */
  private final Map<String, Long> reserved = new ConcurrentHashMap<>();

  private volatile boolean moreWaiting;
  private volatile boolean reachesJobs = true;
  private volatile @Nullable Instant oldestWaiting;
  private volatile boolean stopping;
  private volatile boolean closed;
  private long nextRenewal;
  private long nextAcquisition;
  private int failures;
  private long lastContact;
  private long nextLookUp;

  public RestWorker(
      ProcessEngineConfigurationImpl engine,
      RestCalls calls,
      HttpSettings http,
      WorkerSettings settings) {
    this.engine = engine;
    this.settings = settings;
    store = new JobStore(engine, settings.lockDuration());
    runner = new CallRunner(store, calls, http, this::jobEnded);
    lockNanos = settings.lockDuration().toNanos();
    thread = new Thread(this::work, "rest-connector-worker");
    thread.setDaemon(true);
  }

  /** Before the engine is initialised: what the worker needs of it. */
  public static void prepare(ProcessEngineConfigurationImpl engine) {
    JobStore.prepare(engine);
  }

  public Status status() {
    Instant oldest = oldestWaiting;
    return new Status(
        takesJobs(),
        reachesJobs,
        runner.size(),
        oldest == null ? Duration.ZERO : Duration.between(oldest, store.now()));
  }

  /** When the engine has been built. */
  public void start() {
    if (!Boolean.FALSE.equals(settings.enabled())) {
      engine.setCreateExternalWorkerJobInterceptor(
          CreatedJobs.before(engine.getCreateExternalWorkerJobInterceptor(), this));
      thread.start();
    }
  }

  private boolean takesJobs() {
    return !stopping
        && (Boolean.TRUE.equals(settings.enabled())
            || (engine.getAsyncExecutor() != null && engine.getAsyncExecutor().isActive()));
  }

  private int room() {
    return settings.maxInFlight() - runner.size() - reserved.size();
  }

  /** Locks a job that is about to be inserted, if there is room for it. */
  boolean reserve(ExternalWorkerJobEntity job) {
    if (!takesJobs()) {
      return false;
    }
    if (room() <= 0) {
      moreWaiting = true;
      return false;
    }
    reserved.put(job.getId(), System.nanoTime());
    job.setLockOwner(store.owner());
    job.setLockExpirationTime(store.lockEnd());
    return true;
  }

  void created(ExternalWorkerJobEntity job) {
    reserved.remove(job.getId());
    RestAction action = JobStore.action(job.getJobHandlerConfiguration());
    if (!job.isDeleted() && action != null) {
      runner.take(List.of(store.created(job, action)));
    }
  }

  void rolledBack(String jobId) {
    reserved.remove(jobId);
  }

  private void jobEnded() {
    if (moreWaiting && room() >= Math.min(BATCH, (settings.maxInFlight() + 3) / 4)) {
      wake.release();
    }
  }

  private void work() {
    lastContact = System.nanoTime();
    nextAcquisition = nextLookUp = lastContact;
    nextRenewal = lastContact + lockNanos / 3;
    while (!closed) {
      try {
        boolean more = renewAndAcquire();
        if (failures > 0) {
          LOG.info("The database answers again, the REST worker goes on");
        }
        failures = 0;
        reachesJobs = true;
        lastContact = System.nanoTime();
        if (!more) {
          pause(Math.min(settings.pollInterval().toNanos(), nextRenewal - System.nanoTime()));
        }
      } catch (RuntimeException | Error failed) {
        failures++;
        reachesJobs = false;
        if (failures == 1) {
          LOG.warn("The REST worker cannot reach its jobs and tries again", failed);
        }
        pause(
            Math.min(lockNanos / 6, TimeUnit.MILLISECONDS.toNanos(100L << Math.min(failures, 5))));
      }
    }
  }

  private boolean renewAndAcquire() {
    if (failures > 0 || System.nanoTime() - nextRenewal >= 0) {
      renew();
      nextRenewal = System.nanoTime() + lockNanos / 3;
    }
    if (System.nanoTime() - lastContact > lockNanos / 2) {
      // The locks of nodes that are alive may have expired as well: they are to renew them first.
      nextAcquisition = nextRenewal;
    }
    if (!takesJobs()) {
      oldestWaiting = null;
      return false;
    }
    if (System.nanoTime() - nextAcquisition < 0) {
      return false;
    }
    int limit = Math.min(BATCH, room());
    if (limit <= 0 || runner.isBehind()) {
      moreWaiting = true;
      if (System.nanoTime() - nextLookUp >= 0) { // ended calls wake this thread far more often
        oldestWaiting = store.oldestFree();
        nextLookUp = System.nanoTime() + settings.pollInterval().toNanos();
      }
      return false;
    }
    moreWaiting = false;
    synchronized (store) {
      if (!stopping) {
        JobStore.Acquired acquired = store.acquire(limit);
        runner.take(acquired.jobs());
        oldestWaiting = acquired.moreSince();
      }
    }
    moreWaiting = oldestWaiting != null;
    return moreWaiting && room() > 0;
  }

  private void renew() {
    long expired = System.nanoTime() - lockNanos;
    reserved.values().removeIf(since -> since - expired < 0);
    if ((runner.size() > 0 || failures > 0) && store.renew() != runner.size()) {
      runner.reconcile();
    }
  }

  private void pause(long nanos) {
    try {
      if (wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException stray) {
      LOG.debug("The REST worker was interrupted and goes on", stray);
    }
  }

  /**
   * Takes no more jobs, gives calls in the air ten seconds to end, and leaves all the others to
   * other nodes at once. For use while the database can be reached.
   */
  @Override
  public void close() {
    close(GRACE);
  }

  void close(Duration grace) {
    if (stopping) {
      return;
    }
    synchronized (store) { // or jobs are locked that the runner does not give back
      stopping = true;
    }
    for (long left = grace.toMillis(); !reserved.isEmpty() && left > 0; left -= 20) {
      pause(TimeUnit.MILLISECONDS.toNanos(20)); // until their transactions end
    }
    runner.drain(grace);
    closed = true;
    wake.release();
  }
}
