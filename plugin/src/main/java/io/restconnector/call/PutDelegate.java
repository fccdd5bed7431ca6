package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The PUT action; in Flowable expressions {@code restPut}. */
public final class PutDelegate extends RestDelegate {
  public PutDelegate() {
    super(RestAction.PUT);
  }
}
