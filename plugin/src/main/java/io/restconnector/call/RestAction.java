package io.restconnector.call;

import java.util.Locale;

/** The eight actions: an HTTP method with the inputs it reads and the outputs it writes. */
public enum RestAction {
  GET(false, true, true),
  HEAD(false, false, true),
  POST(true, true, true),
  PUT(true, true, true),
  PATCH(true, true, true),
  DELETE(false, true, true),
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

  boolean readsPayload() {
    return readsPayload;
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
