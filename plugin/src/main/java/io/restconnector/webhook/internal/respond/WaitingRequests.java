package io.restconnector.webhook.internal.respond;

import io.restconnector.content.internal.LoggedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests on this node that wait for a process. What happens on this node they learn at its
 * commit. What happens on others shows in the database, where one thread looks for all of them, as
 * long as there are any.
 *
 * <p>Safe for use by many threads.
 */
final class WaitingRequests implements AutoCloseable {

  /** More than that are answered as if their time were over. */
  static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(WaitingRequests.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Map<String, CompletableFuture<@Nullable Void>> byId = new ConcurrentHashMap<>();
  private final Function<Collection<String>, Collection<String>> given;
  private final AtomicBoolean isLooking = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor looks;

  /**
   * None yet.
   *
   * @param given tells which of some answers, at most {@link AnswerRows#MOST_PARAMETERS}, are there
   */
  WaitingRequests(Function<Collection<String>, Collection<String>> given) {
    this.given = given;
    looks =
        new ScheduledThreadPoolExecutor(
            1, new DefaultThreadFactory("rest-connector-answers", true));
    looks.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    looks.allowCoreThreadTimeOut(true);
    looks.setRemoveOnCancelPolicy(true);
  }

  /** Completes when the answer is there, or when there is nothing left to wait for. */
  CompletableFuture<@Nullable Void> await(String id) {
    CompletableFuture<@Nullable Void> waiting = new CompletableFuture<>();
    if (byId.size() >= MOST) {
      waiting.complete(null);
      return waiting;
    }
    byId.put(id, waiting);
    waiting.whenComplete((done, failure) -> byId.remove(id));
    lookLater();
    return waiting;
  }

  /** These answers are there. */
  void given(Collection<String> ids) {
    for (String id : ids) {
      CompletableFuture<@Nullable Void> waiting = byId.get(id);
      if (waiting != null) {
        waiting.complete(null);
      }
    }
  }

  int size() {
    return byId.size();
  }

  private void lookLater() {
    if (!byId.isEmpty() && isLooking.compareAndSet(false, true)) {
      try {
        looks.schedule(this::look, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closed) {
        LOG.debug("The engine is closed while requests wait for processes");
      }
    }
  }

  private void look() {
    try {
      List<String> ids = new ArrayList<>(byId.keySet());
      for (int i = 0; i < ids.size(); i += AnswerRows.MOST_PARAMETERS) {
        given(given.apply(ids.subList(i, Math.min(ids.size(), i + AnswerRows.MOST_PARAMETERS))));
      }
    } catch (RuntimeException away) {
      LOG.debug("The answers of processes cannot be read now", LoggedFailure.of(away));
    } finally {
      isLooking.set(false);
      lookLater();
    }
  }

  /** Nobody waits any longer. */
  @Override
  public void close() {
    looks.shutdownNow();
    given(List.copyOf(byId.keySet()));
  }
}
