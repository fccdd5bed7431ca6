package io.restconnector.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A node in a JVM of its own, whose worker is turned on and off through its standard input. */
final class Node implements AutoCloseable {

  private static final int DATABASE_CONNECTIONS = 10;

  private final Process process;
  private final PrintWriter commands;

  /** Starts one, which does nothing yet. */
  Node(String url) throws IOException {
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                url)
            .redirectError(Redirect.INHERIT)
            .start();
    commands =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII), true);
    if (process.getInputStream().read() < 0) {
      throw new IOException("A node has not started");
    }
  }

  /** Takes the URL of the database. */
  public static void main(String[] args) throws Exception {
    HikariDataSource pool = Postgres.poolOf(args[0], DATABASE_CONNECTIONS);
    WorkerSwitch worker = new WorkerSwitch();
    SlowCallEngine.switched(pool, worker);
    System.out.write('.');
    System.out.flush();
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      worker.set(Boolean.parseBoolean(line));
    }
    System.exit(0); // as whoever started it is gone
  }

  void set(boolean isOn) {
    commands.println(isOn);
  }

  /** Of all its threads. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    commands.close();
    process.destroy();
  }
}
