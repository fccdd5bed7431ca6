package io.restconnector.http.internal.chain;

import org.apache.hc.core5.http.message.BasicHeader;

/** A header that no redirect takes to another origin. */
public final class SameOriginHeader extends BasicHeader {

  private static final long serialVersionUID = 1L;

  /** A header without secrets. */
  public SameOriginHeader(String name, String value) {
    super(name, value);
  }
}
