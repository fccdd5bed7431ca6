package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The POST action; in Flowable expressions {@code restPost}. */
public final class PostDelegate extends RestDelegate {
  public PostDelegate() {
    super(RestAction.POST);
  }
}
