package io.restconnector.internal.platform;

import org.flowable.http.common.impl.HttpClientConfig;

/** How the engine's own {@code http} tasks write multipart bodies. */
public final class HttpTaskMultipart {

  private HttpTaskMultipart() {}

  /** The name of the mode, which no setting of Flowable 7 changes. */
  public static String mode(HttpClientConfig config) {
    return "LEGACY";
  }
}
