package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The DELETE action; in Flowable expressions {@code restDelete}. */
public final class DeleteDelegate extends RestDelegate {
  public DeleteDelegate() {
    super(RestAction.DELETE);
  }
}
