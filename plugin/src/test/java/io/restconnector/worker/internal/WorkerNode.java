package io.restconnector.worker.internal;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.OtherJvm;
import io.restconnector.http.HttpSettings;
import io.restconnector.worker.WorkerSettings;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** An engine with a worker in a JVM of its own. Its processes know its name as {@code ${node}}. */
final class WorkerNode {

  /**
   * The most that there was at any time.
   *
   * @param threads of the plugin and of the engine
   * @param heap in use, in MiB
   * @param connections that the worker's threads held
   * @param logged characters of the log, stacks included
   */
  record Figures(int threads, int heap, int connections, int logged) {

    private static final String MARK = "figures ";

    static Figures of(OtherJvm node) {
      String[] last =
          node.output().stream()
              .filter(line -> line.startsWith(MARK))
              .reduce((earlier, later) -> later)
              .orElseThrow()
              .substring(MARK.length())
              .split(" ", -1);
      return new Figures(
          Integer.parseInt(last[0]),
          Integer.parseInt(last[1]),
          Integer.parseInt(last[2]),
          Integer.parseInt(last[3]));
    }

    Figures andNow() {
      long live =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("rest-connector") || name.startsWith("flowable"))
              .count();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return new Figures(
          Math.max(threads, (int) live), Math.max(heap, (int) (used >> 20)), connections, logged);
    }
  }

  static final Duration LOCK = Duration.ofSeconds(15);
  private static final int POOL = 10;

  private WorkerNode() {}

  static OtherJvm start(String name, String url, int maxInFlight, int maxConnections) {
    return OtherJvm.start(
        List.of("-Xmx512m"),
        WorkerNode.class,
        name,
        url,
        String.valueOf(maxInFlight),
        String.valueOf(maxConnections));
  }

  public static void main(String[] arguments) {
    int maxInFlight = Integer.parseInt(arguments[2]);
    int maxConnections = Integer.parseInt(arguments[3]);
    LogSize log = new LogSize();
    log.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    PooledDataSource pool = new PooledDataSource("org.postgresql.Driver", arguments[1], null, null);
    pool.setPoolMaximumActiveConnections(POOL);
    CountedConnections database = new CountedConnections(pool);
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            database,
            RestConnectorSettings.defaults()
                .withHttp(
                    HttpSettings.defaults()
                        .withMaxConnections(maxConnections, maxConnections)
                        .withDefaultTimeout(Duration.ofMinutes(5)))
                .withWorker(
                    WorkerSettings.defaults().withMaxInFlight(maxInFlight).withLockDuration(LOCK)));
    // As in Spring Boot. The generator of plain engines takes a connection of its own at times.
    configuration.setIdGenerator(new StrongUuidGenerator());
    // What its executor had begun is done by another node when the lock of that is over.
    configuration.getAsyncExecutorConfiguration().setAsyncJobLockTime(LOCK);
    configuration.getAsyncExecutorConfiguration().setTimerLockTime(LOCK);
    configuration
        .getAsyncExecutorConfiguration()
        .setResetExpiredJobsInterval(Duration.ofSeconds(1));
    configuration.setBeans(new HashMap<>(Map.of("node", arguments[0])));
    WorkerEngine.start(configuration);
    Executors.newSingleThreadScheduledExecutor()
        .scheduleAtFixedRate(new Report(database, log), 0, 100, TimeUnit.MILLISECONDS);
    OtherJvm.ready(arguments[0]);
  }

  private static final class Report implements Runnable {

    private final CountedConnections database;
    private final LogSize log;
    private Figures figures = new Figures(0, 0, 0, 0);

    Report(CountedConnections database, LogSize log) {
      this.database = database;
      this.log = log;
    }

    @Override
    public void run() {
      figures = figures.andNow();
      System.out.println(
          Figures.MARK
              + figures.threads
              + " "
              + figures.heap
              + " "
              + database.most.get()
              + " "
              + log.characters.get());
    }
  }

  private static final class LogSize extends AppenderBase<ILoggingEvent> {

    final AtomicInteger characters = new AtomicInteger();

    @Override
    protected void append(ILoggingEvent event) {
      String stack =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      characters.addAndGet(event.getFormattedMessage().length() + stack.length());
    }
  }

  /** Counts what threads of the worker hold. */
  private static final class CountedConnections extends DelegatingDataSource {

    private final AtomicInteger held = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    CountedConnections(PooledDataSource pool) {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      if (!Thread.currentThread().getName().matches("rest-connector-(worker|complete).*")) {
        return connection;
      }
      most.accumulateAndGet(held.incrementAndGet(), Math::max);
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                  held.decrementAndGet();
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
              });
    }
  }
}
