package io.restconnector.internal.platform;

import org.flowable.http.common.impl.HttpClientConfig;

/** How the engine's own {@code http} tasks write multipart bodies. */
public final class HttpTaskMultipart {

  private HttpTaskMultipart() {}

  /** The name of the mode. */
  public static String mode(HttpClientConfig config) {
    return config.getMultipartMode();
  }
}
