package io.restconnector.http;

import java.io.IOException;

/** A response body went over the limit, in bytes. */
final class ResponseTooLargeException extends IOException {

  ResponseTooLargeException(long limit) {
    super("the response is larger than " + limit + " bytes");
  }
}
