package io.restconnector.http.internal.transport;

import java.io.IOException;

/** An Error that would have ended an I/O thread. */
final class ErrorOnIoThreadException extends IOException {
  ErrorOnIoThreadException(Error error) {
    super("an I/O thread met an error", error);
  }
}
