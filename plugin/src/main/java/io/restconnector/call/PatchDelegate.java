package io.restconnector.call;

/** The PATCH action; in Flowable expressions {@code restPatch}. */
public final class PatchDelegate extends RestDelegate {
  public PatchDelegate() {
    super(RestAction.PATCH);
  }
}
