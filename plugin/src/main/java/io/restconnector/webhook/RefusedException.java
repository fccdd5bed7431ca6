package io.restconnector.webhook;

/** The request is not what it must be; the message is for the sender. */
final class RefusedException extends Exception {

  private final int status;

  RefusedException(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  static RefusedException badRequest(String detail) {
    return new RefusedException(400, detail);
  }

  WebhookResponse response() {
    return WebhookResponse.problem(status, String.valueOf(getMessage()));
  }
}
