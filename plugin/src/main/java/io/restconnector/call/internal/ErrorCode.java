package io.restconnector.call.internal;

/** The codes of the BPMN errors that an action raises. */
public enum ErrorCode {
  MISSING_INPUT,
  INVALID_INPUT,
  UNKNOWN_ERROR,
  BAD_REQUEST,
  UNAUTHORIZED,
  FORBIDDEN,
  NOT_FOUND,
  METHOD_NOT_ALLOWED,
  NOT_ACCEPTABLE,
  PROXY_AUTHENTICATION_REQUIRED,
  REQUEST_TIMEOUT,
  CONFLICT,
  GONE,
  INTERNAL_SERVER_ERROR,
  NOT_IMPLEMENTED,
  BAD_GATEWAY,
  SERVICE_UNAVAILABLE,
  GATEWAY_TIMEOUT;

  /**
   * The code of an error status; a status without one of its own is treated as the x00 of its class
   * (RFC 9110 §15).
   *
   * @param status 400 or higher
   */
  static ErrorCode ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 407 -> PROXY_AUTHENTICATION_REQUIRED;
      case 408 -> REQUEST_TIMEOUT;
      case 409 -> CONFLICT;
      case 410 -> GONE;
      case 501 -> NOT_IMPLEMENTED;
      case 502 -> BAD_GATEWAY;
      case 503 -> SERVICE_UNAVAILABLE;
      case 504 -> GATEWAY_TIMEOUT;
      default -> status < 500 ? BAD_REQUEST : INTERNAL_SERVER_ERROR;
    };
  }
}
