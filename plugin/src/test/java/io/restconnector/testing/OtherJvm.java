package io.restconnector.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own, which can be killed. It says when it is ready, and ends with the
 * JVM that started it.
 */
public final class OtherJvm implements AutoCloseable {

  private static final String READY = "ready ";
  private static final int KEPT_LINES = 200;

  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final ConcurrentLinkedDeque<String> output = new ConcurrentLinkedDeque<>();

  private OtherJvm(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of JVM " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the main method of a class of this class path; it must call {@link #ready}. */
  public static OtherJvm start(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.configurationFile=logback-other-jvm.xml");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new OtherJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** For the program itself: tells the one that started it, in one line. */
  public static void ready(String what) {
    System.out.println(READY + what);
    Thread watch = new Thread(OtherJvm::endWithStarter, "end with starter");
    watch.setDaemon(true);
    watch.start();
  }

  private static void endWithStarter() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent; the end comes with the end of the other process.
      }
    } catch (IOException ended) {
      // As well.
    }
    Runtime.getRuntime().halt(1);
  }

  /** Waits for what the program says when it is ready. */
  public String awaitReady() throws Exception {
    return ready.get(2, TimeUnit.MINUTES);
  }

  /** SIGKILL: the program gets no chance to do anything more. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: the program stands still. */
  public void stand() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT: the program goes on as if nothing had been. */
  public void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill -" + name + " ended with " + status);
    }
  }

  /** The last lines that it printed. */
  public List<String> output() {
    return List.copyOf(output);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()));
        }
        output.add(line);
        if (output.size() > KEPT_LINES) {
          output.remove();
        }
      }
    } catch (IOException killed) {
      // Its output ends where it was killed.
    }
    ready.completeExceptionally(
        new IllegalStateException("The other JVM ended: " + String.join("\n", output)));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
