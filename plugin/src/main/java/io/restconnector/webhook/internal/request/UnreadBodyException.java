package io.restconnector.webhook.internal.request;

import java.io.IOException;

/**
 * Makes a servlet container close the connection, with one line in its log. Else it may go on
 * reading the body on the thread of the servlet, for as long as the sender likes.
 */
public final class UnreadBodyException extends IOException {

  private static final long serialVersionUID = 1L;

  public UnreadBodyException() {
    super("The body of a webhook request was not read; its connection is closed");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
