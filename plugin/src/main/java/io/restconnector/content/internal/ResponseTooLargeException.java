package io.restconnector.content.internal;

import java.io.IOException;

/** A response body went over the limit, in bytes. */
public final class ResponseTooLargeException extends IOException {

  public ResponseTooLargeException(long limit) {
    super("the response is larger than " + limit + " bytes");
  }
}
