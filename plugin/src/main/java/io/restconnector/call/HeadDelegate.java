package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The HEAD action; in Flowable expressions {@code restHead}. */
public final class HeadDelegate extends RestDelegate {
  public HeadDelegate() {
    super(RestAction.HEAD);
  }
}
