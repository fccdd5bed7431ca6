package io.restconnector.call;

import io.restconnector.call.internal.RestAction;

/** The GET action; in Flowable expressions {@code restGet}. */
public final class GetDelegate extends RestDelegate {
  public GetDelegate() {
    super(RestAction.GET);
  }
}
