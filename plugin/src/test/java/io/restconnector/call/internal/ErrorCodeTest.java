package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes of the BPMN errors by status (contract: Errors). */
class ErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "400, BAD_REQUEST",
    "401, UNAUTHORIZED",
    "402, BAD_REQUEST",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, METHOD_NOT_ALLOWED",
    "406, NOT_ACCEPTABLE",
    "407, PROXY_AUTHENTICATION_REQUIRED",
    "408, REQUEST_TIMEOUT",
    "409, CONFLICT",
    "410, GONE",
    "418, BAD_REQUEST",
    "429, BAD_REQUEST",
    "499, BAD_REQUEST",
    "500, INTERNAL_SERVER_ERROR",
    "501, NOT_IMPLEMENTED",
    "502, BAD_GATEWAY",
    "503, SERVICE_UNAVAILABLE",
    "504, GATEWAY_TIMEOUT",
    "505, INTERNAL_SERVER_ERROR",
    "599, INTERNAL_SERVER_ERROR"
  })
  void whenAStatusIsAnErrorThenItHasACode(int status, ErrorCode code) {
    assertThat(ErrorCode.ofStatus(status)).isEqualTo(code);
  }
}
