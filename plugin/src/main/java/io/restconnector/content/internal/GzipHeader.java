package io.restconnector.content.internal;

import java.util.zip.ZipException;

/**
 * The header of a gzip member (RFC 1952 §2.3).
 *
 * @param data in which it stands
 */
record GzipHeader(Bytes data) {

  private static final int FIXED_PART = 10;
  private static final int CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** Whether a member starts there. */
  boolean isAt(int position) {
    return position + 2 < data.length()
        && data.unsigned(position) == 0x1f
        && data.unsigned(position + 1) == 0x8b
        && data.unsigned(position + 2) == 8;
  }

  /** Where the compressed data starts. */
  int endOf(int position) throws ZipException {
    if (!isAt(position) || position + FIXED_PART > data.length()) {
      throw new ZipException("no gzip data");
    }
    int flags = data.unsigned(position + 3);
    if ((flags & RESERVED) != 0) {
      throw new ZipException("gzip header with unknown flags");
    }
    int end = position + FIXED_PART;
    if ((flags & EXTRA) != 0) {
      if (end + 2 > data.length()) {
        throw cutShort();
      }
      end += 2 + (data.unsigned(end) | data.unsigned(end + 1) << 8);
    }
    if ((flags & NAME) != 0) {
      end = afterZero(end);
    }
    if ((flags & COMMENT) != 0) {
      end = afterZero(end);
    }
    if ((flags & CHECKSUM) != 0) {
      end += 2;
    }
    if (end > data.length()) {
      throw cutShort();
    }
    return end;
  }

  private int afterZero(int start) throws ZipException {
    for (int i = start; i < data.length(); i++) {
      if (data.unsigned(i) == 0) {
        return i + 1;
      }
    }
    throw cutShort();
  }

  private static ZipException cutShort() {
    return new ZipException("gzip header is cut short");
  }
}
