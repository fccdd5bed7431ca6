package io.restconnector.worker.internal;

import io.restconnector.call.internal.CallResult;

/** The result of a call, which is to be written. */
record Answer(InFlightJob call, CallResult result) {

  String instance() {
    return call.job.processInstanceId();
  }
}
