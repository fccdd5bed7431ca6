package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.auth.Credential;
import io.restconnector.http.internal.chain.SendPermit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on its way from hop to hop: its credential goes to the origin of the first request
 * and nowhere else, and once a redirect has led away from there it is not sent again.
 *
 * <p>Hops follow one another, on whatever thread.
 */
public final class Journey {

  private static final String ATTRIBUTE = "io.restconnector.journey";

  private final @Nullable Credential credential;
  private final Redirects redirects;
  private final SendPermit permit;
  private volatile @Nullable HttpHost origin;
  private volatile boolean left;
  private volatile boolean targetReached;
  private volatile boolean redirected;

  /** Which redirects are followed, where the settings allow any. */
  public enum Redirects {
    NONE,
    /** A client certificate is for one origin, and every server may ask for it. */
    SAME_ORIGIN,
    ALL
  }

  public Journey(@Nullable Credential credential, Redirects redirects, SendPermit permit) {
    this.credential = credential;
    this.redirects = redirects;
    this.permit = permit;
  }

  void enter(HttpContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  static Journey of(HttpContext context) {
    return (Journey) context.getAttribute(ATTRIBUTE);
  }

  /**
   * The connection to the target stands, and the request is about to be sent to it.
   *
   * @throws PermitExpiredException if the call may not be sent any more; a redirect is part of a
   *     call that has been sent
   */
  public void arrive(HttpRequest request, HttpRoute route) throws PermitExpiredException {
    if (!redirected && !permit.isValid()) {
      throw new PermitExpiredException();
    }
    targetReached = true;
    HttpHost target = route.getTargetHost();
    HttpHost first = origin;
    if (first == null) {
      origin = target;
    } else if (!first.equals(target)) {
      left = true;
    }
    if (credential != null) {
      if (left) {
        credential.removeFrom(request);
      } else {
        credential.addTo(request);
      }
    }
  }

  /**
   * Whether the response at hand may redirect. That of a proxy to CONNECT may not: it would decide
   * where a request goes that was meant to be out of its sight.
   */
  boolean mayBeRedirected() {
    return targetReached && redirects != Redirects.NONE;
  }

  /** Whether a redirect is followed. */
  boolean mayGo(boolean sameOrigin) {
    if (!sameOrigin && redirects == Redirects.SAME_ORIGIN) {
      return false;
    }
    targetReached = false;
    redirected = true;
    left |= !sameOrigin;
    return true;
  }

  /** Whether the last response came from a server that had been shown the credential. */
  public boolean credentialWasShown() {
    return credential != null && targetReached && !left;
  }
}
