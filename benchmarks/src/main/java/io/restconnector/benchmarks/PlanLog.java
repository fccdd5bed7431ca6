package io.restconnector.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How PostgreSQL has executed each statement, with the parameters that it really had: its own
 * extension {@code auto_explain} tells the plan after the statement, as a warning.
 */
final class PlanLog extends StatementLog {

  private static final Pattern TOLD =
      Pattern.compile("(?s)Query Text: (.*?)\n(?=[A-Z][^\n]*\\(cost=)(.*)");
  private static final Pattern READ = Pattern.compile("Seq Scan on (\\w+)");
  private static final Pattern PASSED_OVER =
      Pattern.compile("Rows Removed by (?:Index Recheck|Filter|Join Filter): (\\d+)");
  private static final Pattern FOUND = Pattern.compile("actual rows=(\\d+) loops=(\\d+)");

  /**
   * A plan.
   *
   * @param rows that were read for it at most in one step, whether they were wanted or not
   */
  record Plan(String sql, String text, long rows) {

    boolean reads(Collection<String> tables) {
      return READ.matcher(text).results().anyMatch(found -> tables.contains(found.group(1)));
    }
  }

  /** The worst plan of each statement. */
  private final Map<String, Plan> plans = new ConcurrentHashMap<>();

  private volatile boolean isOn;

  void start() {
    isOn = true;
  }

  Collection<Plan> plans() {
    return plans.values();
  }

  @Override
  void taken(Connection connection) throws SQLException {
    if (isOn) {
      try (Statement settings = connection.createStatement()) {
        settings.execute(
            "load 'auto_explain'; set auto_explain.log_min_duration = 0;"
                + " set auto_explain.log_analyze = on; set auto_explain.log_timing = off;"
                + " set auto_explain.log_level = notice; set client_min_messages = notice");
      }
    }
  }

  /**
   * PostgreSQL tells a plan when it is done with the statement, which may be with the next one or
   * with the commit.
   */
  @Override
  void note(Executed executed, Object by) throws SQLException {
    super.note(executed, by);
    if (!isOn) {
      return;
    }
    if (by instanceof Statement statement) {
      note(statement.getWarnings());
    } else if (by instanceof Connection connection) {
      note(connection.getWarnings());
      connection.clearWarnings();
    }
  }

  private void note(@Nullable SQLWarning first) {
    for (SQLWarning each = first; each != null; each = each.getNextWarning()) {
      Matcher told = TOLD.matcher(each.getMessage());
      if (told.find()) {
        Plan plan = plan(told.group(1), told.group(2));
        plans.merge(plan.sql(), plan, (a, b) -> b.rows() > a.rows() ? b : a);
      }
    }
  }

  private static Plan plan(String sql, String text) {
    long rows = 0;
    for (String step : text.split("->", -1)) {
      long read = 0;
      Matcher found = FOUND.matcher(step);
      if (found.find()) {
        read = Long.parseLong(found.group(1)) * Long.parseLong(found.group(2));
      }
      for (Matcher over = PASSED_OVER.matcher(step); over.find(); ) {
        read += Long.parseLong(over.group(1));
      }
      rows = Math.max(rows, read);
    }
    // However many values a list has.
    return new Plan(
        sql.replaceAll("\\s+", " ")
            .replaceAll("\\$\\d+(?:\\s*,\\s*\\$\\d+)+", "\\$, …")
            .replaceAll("\\$\\d+", "\\$")
            .strip(),
        text.replaceAll("(?m)^(.{200}).*$", "$1 …"),
        rows);
  }
}
