package io.restconnector.http.internal.transport;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hc.core5.pool.PoolStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients by SSL bundle; one that has died is replaced. */
public final class PooledClients {

  private static final Logger LOG = LoggerFactory.getLogger(PooledClients.class);

  /** Makes the client of a bundle, which tells the consumer when it has died. */
  @FunctionalInterface
  public interface Factory {
    PooledClient create(String bundle, Consumer<PooledClient> died);
  }

  private final Map<String, PooledClient> clients = new ConcurrentHashMap<>();
  private final Set<PooledClient> dead = ConcurrentHashMap.newKeySet();
  private final Factory factory;
  private final ScheduledExecutorService scheduler;
  private final Consumer<PooledClient> died;
  private volatile boolean closed;

  /**
   * Has no client yet.
   *
   * @param died gives up the exchanges of a dead client
   */
  public PooledClients(
      Factory factory, ScheduledExecutorService scheduler, Consumer<PooledClient> died) {
    this.factory = factory;
    this.scheduler = scheduler;
    this.died = died;
  }

  public void add(String bundle) {
    clients.computeIfAbsent(bundle, this::create);
  }

  private PooledClient create(String bundle) {
    return factory.create(bundle, client -> died(bundle, client));
  }

  /** A client that is alive, as far as it is known. */
  public PooledClient get(String bundle) {
    PooledClient client = Objects.requireNonNull(clients.get(bundle));
    return client.isDead() ? replace(bundle) : client;
  }

  /** Whether every client can send. */
  public boolean areAlive() {
    return clients.values().stream().noneMatch(PooledClient::isDead);
  }

  private void died(String bundle, PooledClient client) {
    dead.add(client);
    try {
      scheduler.execute(
          () -> {
            died.accept(client);
            client.close();
            dead.remove(client);
            revive(bundle);
          });
    } catch (RejectedExecutionException closing) {
      // Nobody needs another one.
    }
  }

  private void revive(String bundle) {
    try {
      replace(bundle);
    } catch (RuntimeException | Error failed) {
      LOG.error("The HTTP client cannot be replaced yet: {}", failed.getClass().getName());
      scheduler.schedule(() -> revive(bundle), 1, TimeUnit.SECONDS);
    }
  }

  private PooledClient replace(String bundle) {
    return Objects.requireNonNull(
        clients.computeIfPresent(
            bundle,
            (name, client) -> {
              if (!client.isDead() || closed) {
                return client;
              }
              PooledClient next = create(name);
              LOG.warn("The HTTP client has died and was replaced");
              return next;
            }));
  }

  /** Connections of all clients, and the calls that wait for one. */
  public PoolStats stats() {
    int leased = 0;
    int pending = 0;
    int available = 0;
    int max = 0;
    for (PooledClient client : clients.values()) {
      PoolStats stats = client.stats();
      leased += stats.getLeased();
      pending += stats.getPending();
      available += stats.getAvailable();
      max += stats.getMax();
    }
    return new PoolStats(leased, pending, available, max);
  }

  /** The same, to origins that the filter takes, without what waits. */
  public PoolStats stats(Predicate<String> origins) {
    int leased = 0;
    int available = 0;
    for (PooledClient client : clients.values()) {
      PoolStats stats = client.stats(origins);
      leased += stats.getLeased();
      available += stats.getAvailable();
    }
    return new PoolStats(leased, 0, available, 0);
  }

  public void closeExpired() {
    clients.values().forEach(PooledClient::closeExpired);
  }

  public void close() {
    closed = true;
    dead.forEach(PooledClient::close);
    clients.replaceAll(
        (bundle, client) -> {
          client.close();
          return client;
        });
  }
}
