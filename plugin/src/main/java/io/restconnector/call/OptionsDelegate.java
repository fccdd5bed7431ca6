package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The OPTIONS action; in Flowable expressions {@code restOptions}. */
public final class OptionsDelegate extends RestDelegate {
  public OptionsDelegate() {
    super(RestAction.OPTIONS);
  }
}
