package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The PATCH action; in Flowable expressions {@code restPatch}. */
public final class PatchDelegate extends RestDelegate {
  public PatchDelegate() {
    super(RestAction.PATCH);
  }
}
