package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The TRACE action; in Flowable expressions {@code restTrace}. */
public final class TraceDelegate extends RestDelegate {
  public TraceDelegate() {
    super(RestAction.TRACE);
  }
}
