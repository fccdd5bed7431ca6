package io.restconnector.journal.internal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The header {@code traceparent} of W3C Trace Context. */
final class TraceParent {

  private static final Pattern VALUE =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-.*");

  private static final Pattern ID = Pattern.compile("[0-9a-f]{16,32}");

  private TraceParent() {}

  /** The trace id of a header, null where it is none. */
  static @Nullable String traceId(@Nullable String header) {
    Matcher value = header == null ? null : VALUE.matcher(header);
    return value != null && value.matches() ? value.group(1) : null;
  }

  /**
   * The trace of a request that this thread answers: that of its header, else the one that has been
   * started for it, which tracers tell the log.
   */
  static @Nullable String ofThisThread(@Nullable String header) {
    String sent = traceId(header);
    String started = sent == null ? MDC.get("traceId") : sent;
    return started != null && ID.matcher(started).matches() ? started : null;
  }

  /** That of the headers of a request. */
  static @Nullable String traceId(List<Header> headers) {
    for (Header header : headers) {
      if (header.getName().equalsIgnoreCase("traceparent")) {
        return traceId(header.getValue());
      }
    }
    return null;
  }
}
