package io.restconnector.content.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Undoes the content codings of RFC 9110 §8.4.1, within limits. By hand: {@link
 * java.util.zip.GZIPInputStream} recurses once for each empty member.
 */
public final class ContentDecoder {

  public static final String ACCEPTED = "gzip, deflate";
  private static final int MAX_CODINGS = 4;

  /** In all codings of a body. RFC 1952 §2.2 allows any number; those who split use few. */
  private static final int MAX_MEMBERS = 1000;

  /** Between two looks at whether anybody still waits. */
  private static final int STEP = 64 * 1024;

  private static final int TRAILER = 8;

  private final long limit;
  private final Future<?> call;
  private final Inflater raw;
  private byte[] out = new byte[0];
  private int length;
  private int members;

  private ContentDecoder(long limit, Future<?> call, Inflater raw) {
    this.limit = limit;
    this.call = call;
    this.raw = raw;
  }

  /**
   * Undoes the codings of a body.
   *
   * @param codings in the order in which they were applied
   * @param call is done when nobody waits for the body any more
   * @param raw inflates bare data; its state before does not matter
   * @throws ResponseTooLargeException when more than limit bytes come out
   * @throws UnsupportedCodingException when one of them is not known
   * @throws IOException when the body is not in its codings
   */
  public static Bytes decode(
      Bytes body, List<String> codings, long limit, Future<?> call, Inflater raw)
      throws IOException {
    if (codings.size() > MAX_CODINGS) {
      throw new UnsupportedCodingException();
    }
    ContentDecoder decoder = new ContentDecoder(limit, call, raw);
    try {
      Bytes decoded = body;
      for (int i = codings.size() - 1; i >= 0 && decoded.length() > 0; i--) {
        decoded = decoder.undo(codings.get(i).toLowerCase(Locale.ROOT), decoded);
      }
      return decoded;
    } catch (DataFormatException malformed) {
      throw new ZipException("compressed data is malformed");
    }
  }

  private Bytes undo(String coding, Bytes data) throws IOException, DataFormatException {
    return switch (coding) {
      case "identity", "none", "utf-8", "" -> data; // all but the first are a known misuse
      case "gzip", "x-gzip" -> gunzip(data);
      case "deflate" -> inflate(data);
      default -> throw new UnsupportedCodingException();
    };
  }

  private Bytes gunzip(Bytes data) throws IOException, DataFormatException {
    // The last four bytes tell how much comes out, where there is one member.
    start(data.length() < TRAILER ? 0 : littleEndian(data, data.length() - 4) & 0xffffffffL);
    GzipHeader header = new GzipHeader(data);
    int position = 0;
    do {
      if (++members > MAX_MEMBERS) {
        throw new ZipException("too many gzip members");
      }
      raw.reset();
      int start = length;
      int end = inflate(raw, data, header.endOf(position));
      CRC32 checksum = new CRC32();
      checksum.update(out, start, length - start);
      if (end + TRAILER > data.length()
          || littleEndian(data, end) != (int) checksum.getValue()
          || littleEndian(data, end + 4) != length - start) {
        throw new ZipException("gzip member with a wrong length or checksum");
      }
      position = end + TRAILER;
    } while (header.isAt(position)); // anything else is padding
    return new Bytes(out, length);
  }

  private void start(long expected) {
    length = 0;
    out = new byte[1 + (int) Math.min(expected, Math.min(limit, STEP))];
  }

  private static int littleEndian(Bytes data, int at) {
    int value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | data.unsigned(at + i);
    }
    return value;
  }

  private Bytes inflate(Bytes data) throws IOException, DataFormatException {
    start(4L * data.length());
    if (hasZlibHeader(data)) {
      Inflater zlib = new Inflater();
      try {
        inflate(zlib, data, 0);
      } finally {
        zlib.end();
      }
    } else {
      raw.reset();
      inflate(raw, data, 0);
    }
    return new Bytes(out, length);
  }

  /** Some servers send raw deflate data (RFC 1951) where RFC 9110 wants it in zlib format. */
  private static boolean hasZlibHeader(Bytes data) {
    if (data.length() < 2) {
      return false;
    }
    int first = data.unsigned(0);
    int second = data.unsigned(1);
    return (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
  }

  /** Appends one stream of compressed data; returns where it ends. */
  private int inflate(Inflater inflater, Bytes data, int start)
      throws IOException, DataFormatException {
    inflater.setInput(data.array(), start, data.length() - start);
    while (!inflater.finished()) {
      if (length == out.length) {
        out = Arrays.copyOf(out, (int) Math.min(2L * length, limit + 1));
      }
      int n = inflater.inflate(out, length, Math.min(STEP, out.length - length));
      length += n;
      if (length > limit) {
        throw new ResponseTooLargeException(limit);
      }
      if (n == 0 && !inflater.finished()) {
        throw new ZipException(
            inflater.needsDictionary()
                ? "deflate data that needs a dictionary"
                : "compressed data is cut short");
      }
      if (call.isDone()) {
        throw new InterruptedIOException("nobody waits for this response any more");
      }
    }
    return data.length() - inflater.getRemaining();
  }
}
