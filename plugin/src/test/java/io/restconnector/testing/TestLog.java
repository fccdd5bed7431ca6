package io.restconnector.testing;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints what was logged during a test, if the test fails; the log of a whole run is a file. */
public final class TestLog extends AppenderBase<ILoggingEvent>
    implements BeforeTestExecutionCallback, TestWatcher {

  private static final int KEPT_LINES = 500;

  /** Shared by the appender that logback makes and the extension that JUnit makes. */
  private static final Deque<String> LINES = new ArrayDeque<>();

  private final PatternLayout layout = new PatternLayout();

  public void setPattern(String pattern) {
    layout.setPattern(pattern);
  }

  @Override
  public void start() {
    layout.setContext(getContext());
    layout.start();
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    String line = layout.doLayout(event);
    synchronized (LINES) {
      LINES.add(line);
      if (LINES.size() > KEPT_LINES) {
        LINES.remove();
      }
    }
  }

  @Override
  public void beforeTestExecution(ExtensionContext test) {
    synchronized (LINES) {
      LINES.clear();
    }
  }

  @Override
  public void testFailed(ExtensionContext test, Throwable cause) {
    List<String> lines;
    synchronized (LINES) {
      lines = List.copyOf(LINES);
    }
    System.err.printf(
        "Log of the failed test %s, at most its last %d lines:%n%s%n",
        test.getUniqueId(), KEPT_LINES, String.join("", lines));
  }
}
