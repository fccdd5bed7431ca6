package io.restconnector.http.internal.transport;

import java.io.IOException;

/** The permit of a call was no longer valid, and its request was not sent. */
public final class PermitExpiredException extends IOException {
  PermitExpiredException() {
    super("the call was not sent, its job may be another node's");
  }
}
