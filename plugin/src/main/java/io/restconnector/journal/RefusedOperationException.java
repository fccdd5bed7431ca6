package io.restconnector.journal;

/**
 * What a person asked for cannot be done; the message says why, in the connector's own words.
 *
 * @since 0.1
 */
public final class RefusedOperationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedOperationException(String message) {
    super(message);
  }
}
