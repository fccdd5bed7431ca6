package io.restconnector.content.internal;

import java.io.Serial;

/** A leaf of a JSON value cannot be used. Names its place as a JSON pointer (RFC 6901). */
final class LeafException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  private static final int MAX_POINTER = 200;

  private final String what;
  private final String pointer;

  private LeafException(String what, String pointer, IllegalArgumentException cause) {
    super(what + " at " + pointer, cause);
    this.what = what;
    this.pointer = pointer;
  }

  /**
   * Does something for a member or element.
   *
   * @param token its name or index
   */
  static void locating(Object token, Runnable step) {
    try {
      step.run();
    } catch (LeafException below) {
      throw below.pointer.length() < MAX_POINTER
          ? new LeafException(below.what, pointer(token) + below.pointer, below)
          : below;
    } catch (IllegalArgumentException here) {
      throw new LeafException(String.valueOf(here.getMessage()), pointer(token), here);
    }
  }

  private static String pointer(Object token) {
    String name = token.toString();
    String part = name.length() < MAX_POINTER ? name : name.substring(0, MAX_POINTER) + '\u2026';
    return '/' + part.replace("~", "~0").replace("/", "~1");
  }
}
