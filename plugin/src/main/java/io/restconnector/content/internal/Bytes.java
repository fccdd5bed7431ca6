package io.restconnector.content.internal;

/**
 * Bytes in the first part of an array; a copy in the right size would hold them twice.
 *
 * @param array whose rest is unused
 */
public record Bytes(byte[] array, int length) {

  public static final Bytes NONE = new Bytes(new byte[0], 0);

  int unsigned(int position) {
    return array[position] & 0xff;
  }
}
