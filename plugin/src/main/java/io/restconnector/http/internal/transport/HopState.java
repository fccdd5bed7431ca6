package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.chain.Attempt;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.Identity;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on its way from hop to hop: its credentials go to the origin of the first request
 * and nowhere else, and once a redirect has led away from there they are not sent again.
 *
 * <p>Hops follow one another, on whatever thread.
 */
final class HopState {

  private static final String ATTRIBUTE = "io.restconnector.hops";

  private final Identity identity;
  private final CallContext call;
  private final Attempt attempt;
  private volatile @Nullable HttpHost origin;
  private volatile boolean left;
  private volatile boolean targetReached;
  private volatile boolean redirected;
  private volatile boolean waitsForConnection = true;

  HopState(Identity identity, CallContext call, Attempt attempt) {
    this.identity = identity;
    this.call = call;
    this.attempt = attempt;
  }

  void enter(HttpContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  static HopState of(HttpContext context) {
    return (HopState) context.getAttribute(ATTRIBUTE);
  }

  /**
   * The connection to the target stands, and the request is about to be sent to it.
   *
   * @throws PermitExpiredException if the call may not be sent any more; a redirect is part of a
   *     call that has been sent
   */
  void arrive(HttpRequest request, HttpRoute route) throws PermitExpiredException {
    if (!redirected && !call.permit().isValid()) {
      throw new PermitExpiredException();
    }
    targetReached = true;
    waitsForConnection = false;
    attempt.connected();
    HttpHost target = route.getTargetHost();
    HttpHost first = origin;
    if (first == null) {
      origin = target;
    } else if (!first.equals(target)) {
      left = true;
    }
    for (Credential each : identity.credentials()) {
      if (left) {
        each.removeFrom(request);
      } else if (redirected || each.inQuery()) {
        each.addTo(request);
      }
    }
    identity.shown(!left && !identity.credentials().isEmpty());
  }

  /** The head of the last response is there. */
  void answered() {
    attempt.answered();
  }

  /**
   * Whether the response at hand may redirect. That of a proxy to CONNECT may not: it would decide
   * where a request goes that was meant to be out of its sight.
   */
  boolean mayBeRedirected() {
    return targetReached
        && call.followsRedirects()
        && identity.redirects() != Identity.Redirects.NONE;
  }

  /** Whether a redirect is followed. */
  boolean mayGo(boolean sameOrigin) {
    if (!sameOrigin && identity.redirects() == Identity.Redirects.SAME_ORIGIN) {
      return false;
    }
    targetReached = false;
    identity.shown(false);
    redirected = true;
    waitsForConnection = true;
    left |= !sameOrigin;
    return true;
  }

  /** The pool has room, and a new connection is being opened. */
  void connects() {
    waitsForConnection = false;
  }

  /** Whether the pool has no connection for the next hop yet. */
  boolean waitsForConnection() {
    return waitsForConnection;
  }

  /** Whether any redirect has led to another origin. */
  boolean hasLeft() {
    return left;
  }
}
