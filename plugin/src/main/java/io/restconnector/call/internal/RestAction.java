package io.restconnector.call.internal;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The eight actions: an HTTP method with the inputs it reads and the outputs it writes. */
@SuppressWarnings("ImmutableEnumChecker") // its sets are unmodifiable, in the order of messages
public enum RestAction {
  GET(false, true, true, true),
  HEAD(false, false, true, true),
  POST(true, true, true, true),
  PUT(true, true, true, true),
  PATCH(true, true, true, true),
  DELETE(true, true, true, true),
  OPTIONS(false, false, true, true),
  TRACE(false, true, false, false);

  private final boolean readsPayload;
  private final boolean hasResult;
  private final boolean hasResponseHeaders;
  private final boolean readsUrlEncoded;
  private final Set<String> inputs;
  private final Set<String> fields;
  private final Set<String> outputs;

  RestAction(
      boolean readsPayload,
      boolean hasResult,
      boolean hasResponseHeaders,
      boolean readsUrlEncoded) {
    this.readsPayload = readsPayload;
    this.hasResult = hasResult;
    this.hasResponseHeaders = hasResponseHeaders;
    this.readsUrlEncoded = readsUrlEncoded;
    Set<String> names = new TreeSet<>(InputNames.COMMON);
    if (readsPayload) {
      names.add("requestPayload");
    }
    if (readsUrlEncoded) {
      names.add("restUrlEncoded");
    }
    inputs = Collections.unmodifiableSet(new TreeSet<>(names));
    names.addAll(InputNames.FIELDS_ONLY);
    fields = Collections.unmodifiableSet(names);
    names = new TreeSet<>(Set.of("restStatus", "restError"));
    if (hasResult) {
      names.add("restResult");
    }
    if (hasResponseHeaders) {
      names.add("restResponseHeaders");
    }
    outputs = Collections.unmodifiableSet(names);
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
  public Set<String> inputs() {
    return inputs;
  }

  /** The names that its fields may have. */
  public Set<String> fields() {
    return fields;
  }

  /** The names of the outputs that it writes. */
  public Set<String> outputs() {
    return outputs;
  }

  boolean readsUrlEncoded() {
    return readsUrlEncoded;
  }

  boolean hasResult() {
    return hasResult;
  }

  boolean hasResponseHeaders() {
    return hasResponseHeaders;
  }
}
