package io.restconnector.call.internal;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The eight actions: an HTTP method with the inputs it reads and the outputs it writes. */
public enum RestAction {
  GET(false, true, true),
  HEAD(false, false, true),
  POST(true, true, true),
  PUT(true, true, true),
  PATCH(true, true, true),
  DELETE(true, true, true),
  OPTIONS(false, false, true),
  TRACE(false, true, false);

  private final boolean readsPayload;
  private final boolean hasResult;
  private final boolean hasResponseHeaders;

  RestAction(boolean readsPayload, boolean hasResult, boolean hasResponseHeaders) {
    this.readsPayload = readsPayload;
    this.hasResult = hasResult;
    this.hasResponseHeaders = hasResponseHeaders;
  }

  /** Name of the delegate bean and of the external-worker topic, such as {@code restGet}. */
  public String beanName() {
    return "rest" + name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  public boolean readsPayload() {
    return readsPayload;
  }

  /**
   * Whether a variable may be the payload. Few services take a payload with a DELETE, so that a
   * variable of another call must not go along with it.
   */
  boolean readsPayloadVariable() {
    return readsPayload && this != DELETE;
  }

  /** The names of the inputs that it reads. */
  Set<String> inputs() {
    Set<String> names = new TreeSet<>(InputNames.COMMON);
    if (readsPayload) {
      names.add("requestPayload");
    }
    if (readsUrlEncoded()) {
      names.add("restUrlEncoded");
    }
    return names;
  }

  /** The names that its fields may have. */
  public Set<String> fields() {
    Set<String> names = inputs();
    names.addAll(InputNames.FIELDS_ONLY);
    return names;
  }

  /** The names of the outputs that it writes. */
  public Set<String> outputs() {
    Set<String> names = new TreeSet<>(Set.of("restStatus", "restError"));
    if (hasResult) {
      names.add("restResult");
    }
    if (hasResponseHeaders) {
      names.add("restResponseHeaders");
    }
    return names;
  }

  boolean readsUrlEncoded() {
    return this != TRACE;
  }

  boolean hasResult() {
    return hasResult;
  }

  boolean hasResponseHeaders() {
    return hasResponseHeaders;
  }
}
