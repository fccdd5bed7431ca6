package io.restconnector.call;

/** The TRACE action; in Flowable expressions {@code restTrace}. */
public final class TraceDelegate extends RestDelegate {
  public TraceDelegate() {
    super(RestAction.TRACE);
  }
}
