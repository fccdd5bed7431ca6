package io.restconnector.webhook.internal.respond;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.internal.EngineMappers;
import io.restconnector.webhook.internal.table.ConnectorTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that processes give, in the engine's database: a row is there exactly when its
 * request is committed, and is answered exactly when its instance has come so far.
 */
public final class AnswerStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerStore.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 32;

  /** More are removed at a time than are added in between. */
  private static final int CLEANING_INTERVAL = 100;

  /** For a table that was missing. */
  private static final long BETWEEN_LOOKS_NANOS = 10_000_000_000L;

  private final ProcessEngineConfigurationImpl engine;
  private final WaitingRequests waiting;
  private final AwaitedInstances instances;
  private final AtomicLong added = new AtomicLong();
  private volatile boolean isClosed;
  private volatile boolean isTableThere;
  private volatile long missedAt = System.nanoTime() - BETWEEN_LOOKS_NANOS;

  private AnswerStore(ProcessEngineConfigurationImpl engine) {
    this.engine = engine;
    waiting = new WaitingRequests(ids -> execute(context -> AnswerRows.given(ids)));
    instances = new AwaitedInstances(engine, this::isTableThere, waiting::given);
  }

  /** Before the engine is initialised. */
  public static AnswerStore install(ProcessEngineConfigurationImpl engine) {
    AnswerStore store = new AnswerStore(engine);
    EngineMappers.add(engine, AnswerMapper.class);
    engine.addAdditionalSchemaManager(table());
    InstanceEvents.install(engine, store.instances);
    return store;
  }

  private static ConnectorTable table() {
    return new ConnectorTable(AnswerRows.TABLE, "respond", "answer.", null);
  }

  /** Null where processes can answer, else what to do about it. */
  public @Nullable String problem() {
    return engine.isEnableEventDispatcher()
        ? execute(context -> table().problem())
        : "respond needs the engine's events, which enableEventDispatcher turns off";
  }

  /** Inside a command: an engine may run without the table, until somebody adds it. */
  private boolean isTableThere() {
    if (!isTableThere && System.nanoTime() - missedAt >= BETWEEN_LOOKS_NANOS) {
      isTableThere = table().problem() == null;
      missedAt = System.nanoTime();
    }
    return isTableThere;
  }

  /**
   * Inside the transaction of a request: its instance is to answer.
   *
   * @param activityId that the instance is to reach, null for its end
   * @param template what the answer is made of, besides the instance
   * @param keptFor at least, from now on
   * @return its id, which nobody can guess
   */
  public String add(
      String instanceId, @Nullable String activityId, String template, Duration keptFor) {
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    instances.mark(instanceId);
    AnswerRows.insert(
        hash(id),
        instanceId,
        activityId,
        template,
        now() + Math.max(keptFor.toMillis(), AnswerRows.KEPT.toMillis()));
    return id;
  }

  /**
   * Inside the transaction of a request. Completes when the answer is there, or when there is
   * nothing left to wait for.
   */
  public CompletableFuture<@Nullable Void> await(String id) {
    CompletableFuture<@Nullable Void> answer = waiting.await(hash(id));
    Context.getTransactionContext()
        .addTransactionListener(
            TransactionState.ROLLED_BACK, ignored -> waiting.given(List.of(hash(id))));
    return answer;
  }

  /** An answer, as far as it has come. */
  public sealed interface Found {

    /** The process is not so far. */
    record Waiting() implements Found {}

    /**
     * The process is so far.
     *
     * @param instance how it was then, null where it has gone unseen
     */
    record Given(String template, @Nullable String instance) implements Found {}

    /** It is made. */
    record Made(String answer) implements Found {}
  }

  /**
   * Null where there is none.
   *
   * @param isRepeated whether a delivery has come again, which may be later than one asks otherwise
   */
  public @Nullable Found find(String id, boolean isRepeated) {
    String hash = hash(id);
    return execute(
        context -> {
          AnswerRows.Row row = isTableThere() ? AnswerRows.find(hash) : null;
          if (row != null && row.givenAt() == null && isGone(row.instanceId())) {
            // Does nothing where its end has been seen meanwhile.
            AnswerRows.give(List.of(hash), null, now());
            row = AnswerRows.find(hash);
          }
          if (row == null) {
            return null;
          }
          if (row.givenAt() == null) {
            return new Found.Waiting();
          }
          if (!isRepeated && row.givenAt() + AnswerRows.KEPT.toMillis() <= now()) {
            return null;
          }
          return row.answer() == null
              ? new Found.Given(String.valueOf(row.template()), row.result())
              : new Found.Made(row.answer());
        });
  }

  /** Its end was not seen, such as that of rows which somebody has deleted. */
  private boolean isGone(String instanceId) {
    return engine.getExecutionEntityManager().findById(instanceId) == null;
  }

  /** The answer is made. */
  public void finish(String id, String answer) {
    execute(
        context -> {
          AnswerRows.finish(hash(id), answer);
          return null;
        });
  }

  /** After a transaction that has added one: now and then removes some that have expired. */
  public void clean() {
    if (added.getAndIncrement() % CLEANING_INTERVAL == 0) {
      removeExpired();
    }
  }

  /** Removes all that have expired, also where no request comes any more. */
  public void sweep() {
    boolean isMore = true;
    while (isMore) {
      isMore = removeExpired();
    }
  }

  private boolean removeExpired() {
    try {
      return execute(context -> isTableThere() && AnswerRows.clean(now()));
    } catch (RuntimeException | Error failed) {
      // What happened is committed; the next one removes these too.
      LOG.warn("Expired answers of processes could not be removed", LoggedFailure.of(failed));
      return false;
    }
  }

  /** How many requests wait on this node. */
  public int waiting() {
    return waiting.size();
  }

  /** Whether its engine closes. */
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public void close() {
    isClosed = true;
    waiting.close();
  }

  /** The database does not know the address of an answer. */
  private static String hash(String id) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
    }
  }

  private <T> T execute(Command<T> command) {
    return engine.getCommandExecutor().execute(command);
  }

  private long now() {
    return engine.getClock().getCurrentTime().toInstant().toEpochMilli();
  }
}
