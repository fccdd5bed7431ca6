package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.OtherJvm;
import io.restconnector.fixtures.SlowServer;
import io.restconnector.fixtures.SlowServer.Seen;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.flowable.engine.ManagementService;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * Nodes in JVMs of their own, which share a PostgreSQL server that can be stopped, and the server
 * that they call. A call is known by its number; the last segment of its path is the node's name.
 */
final class WorkerCluster implements AutoCloseable {

  private static final int STARTED_TOGETHER = 100;
  private static final String CALL =
      """
      <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="call"/>
      <serviceTask id="call" flowable:type="external-worker" flowable:topic="restPost"
        flowable:exclusive="false"><extensionElements>
        <flowable:in sourceExpression="${url}/${node}" target="restUrl"/>
        %s
      </extensionElements></serviceTask>
      <sequenceFlow sourceRef="call" targetRef="e"/>%s
      """;
  private static final String END = "<endEvent id=\"e\"/>";

  /** A request that came to the server. */
  record Sent(int call, String node, String key) {

    private static Sent of(Seen seen) {
      String[] path = seen.path().split("/", -1);
      return new Sent(Integer.parseInt(path[path.length - 2]), path[path.length - 1], seen.key());
    }
  }

  final SlowServer server = SlowServer.start();
  private final Path directory;
  private final WorkerEngine idle;
  private final List<OtherJvm> nodes = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private EmbeddedPostgres postgres;

  /**
   * @param directory for the database
   */
  WorkerCluster(Path directory) throws IOException {
    this.directory = directory;
    postgres = postgres(0);
    ProcessEngineConfigurationImpl configuration =
        WorkerEngine.configuration(
            postgres.getPostgresDatabase(), RestConnectorSettings.defaults());
    configuration.setAsyncExecutorActivate(false);
    idle =
        WorkerEngine.start(configuration)
            .deploy("one", CALL.formatted("", END))
            .deploy(
                "polled",
                CALL.formatted(
                    """
                    <flowable:field name="timeout" stringValue="86400000"/>
                    <flowable:field name="poll"><flowable:string>{"every": "${every}"}</flowable:string></flowable:field>
                    """,
                    END))
            .deploy(
                "failing",
                CALL.formatted(
                    "", "<userTask id=\"e\" flowable:assignee=\"${noSuchBean.name}\"/>"));
  }

  private EmbeddedPostgres postgres(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setPGStartupWait(Duration.ofMinutes(1))
        .start();
  }

  void stopDatabase() throws IOException {
    postgres.close();
  }

  void startDatabase() throws IOException {
    postgres = postgres(postgres.getPort());
  }

  /** Whether transactions that begin from now on may write, those of this class excepted. */
  void readOnly(boolean value) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("set default_transaction_read_only = off");
      sql.execute("alter system set default_transaction_read_only = " + value);
      sql.execute("select pg_reload_conf()");
    }
  }

  OtherJvm node(String name, int maxInFlight) {
    return node(name, maxInFlight, maxInFlight);
  }

  OtherJvm node(String name, int maxInFlight, int maxConnections) {
    String url = postgres.getJdbcUrl("postgres", "postgres") + "&ApplicationName=" + name;
    OtherJvm node = WorkerNode.start(name, url, maxInFlight, maxConnections);
    nodes.add(node);
    return node;
  }

  /** Starts instances of one call each, which wait for a node. */
  void begin(int from, int to, IntFunction<String> path) {
    begin(from, to, path, call -> false);
  }

  /**
   * @param fails of which calls the process cannot go on
   */
  void begin(int from, int to, IntFunction<String> path, IntPredicate fails) {
    begin(call -> fails.test(call) ? "failing" : "one", Map.of(), from, to, path);
  }

  /** The same with answers that come later. */
  void beginPolls(int from, int to, Duration every) {
    begin(call -> "polled", Map.of("every", every.toMillis()), from, to, call -> "/accepted");
  }

  private void begin(
      IntFunction<String> process,
      Map<String, Object> more,
      int from,
      int to,
      IntFunction<String> path) {
    for (int first = from; first < to; first += STARTED_TOGETHER) {
      int begin = first;
      int end = Math.min(to, first + STARTED_TOGETHER);
      idle.engine
          .getManagementService()
          .executeCommand(
              context -> {
                for (int call = begin; call < end; call++) {
                  String url = server.url(path.apply(call) + "/" + call);
                  Map<String, Object> variables = new HashMap<>(more);
                  variables.put("url", url);
                  calls.put(idle.begin(process.apply(call), variables), call);
                }
                return null;
              });
    }
  }

  /**
   * Kills a node.
   *
   * @return the calls that were not completed, on whatever node
   */
  Set<Integer> kill(OtherJvm node, String name) throws InterruptedException {
    node.kill();
    // What it had told the database to commit may be under way there.
    await().until(() -> sessions(name) == 0);
    return idle.jobs().stream()
        .map(job -> calls.get(job.getProcessInstanceId()))
        .collect(Collectors.toSet());
  }

  private int sessions(String node) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where application_name = ?")) {
      query.setString(1, node);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** How many jobs a node has taken. */
  long locked() {
    return idle.jobs().stream().filter(job -> job.getLockOwner() != null).count();
  }

  /** How many jobs wait for their next question. */
  long waiting() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement query = connection.createStatement();
        ResultSet row =
            query.executeQuery(
                "select count(*) from act_ru_external_job"
                    + " where lock_owner_ is null and lock_exp_time_ is not null")) {
      row.next();
      return row.getLong(1);
    }
  }

  List<Sent> sent() {
    return server.seen().stream().map(Sent::of).toList();
  }

  /** What was sent but the questions. */
  List<Sent> sentFirst() {
    return server.seen().stream()
        .filter(seen -> seen.method().equals("POST"))
        .map(Sent::of)
        .toList();
  }

  long sentBy(String node) {
    return sent().stream().filter(sent -> sent.node().equals(node)).count();
  }

  /** Waits until every instance has ended. */
  void awaitEnd() {
    awaitEnd(0);
  }

  /**
   * Waits until every instance has ended but those that never do.
   *
   * @param failing how many these are; each has a dead letter job then
   */
  void awaitEnd(int failing) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(left()).isEqualTo(new Left(failing, 0, 0, 0, failing)));
  }

  /**
   * What is not done yet.
   *
   * @param external jobs of calls
   * @param executable jobs of the async executor
   * @param timers jobs that are tried again later
   */
  private record Left(long instances, long external, long executable, long timers, long dead) {}

  private Left left() {
    ManagementService jobs = idle.engine.getManagementService();
    return new Left(
        idle.engine.getRuntimeService().createProcessInstanceQuery().count(),
        jobs.createExternalWorkerJobQuery().count(),
        jobs.createJobQuery().count(),
        jobs.createTimerJobQuery().count(),
        jobs.createDeadLetterJobQuery().count());
  }

  /** How many instances have ended. */
  long ended() {
    return idle.engine.getHistoryService().createHistoricProcessInstanceQuery().finished().count();
  }

  /** How many calls gave their process the status 200. */
  long succeeded() {
    return idle.engine
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .variableValueEquals("restStatus", 200)
        .count();
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(OtherJvm::close);
    idle.close();
    postgres.close();
    server.close();
  }
}
