package io.restconnector.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.apache.hc.core5.util.ByteArrayBuffer;

/**
 * Undoes the content codings of RFC 9110 §8.4.1, within limits. By hand: {@link
 * java.util.zip.GZIPInputStream} recurses once for each empty member.
 */
final class ContentDecoder {

  static final String ACCEPTED = "gzip, deflate";
  private static final int MAX_CODINGS = 4;

  /** In all codings of a body. RFC 1952 §2.2 allows any number; those who split use few. */
  private static final int MAX_MEMBERS = 1000;

  private static final int CHUNK = 8 * 1024;
  private static final int TRAILER = 8;

  private final long limit;
  private final Future<?> call;
  private final Inflater raw = new Inflater(true);
  private final byte[] chunk = new byte[CHUNK];
  private int members;

  private ContentDecoder(long limit, Future<?> call) {
    this.limit = limit;
    this.call = call;
  }

  /**
   * @param codings in the order in which they were applied
   * @param call is done when nobody waits for the body any more
   * @throws ResponseTooLargeException when more than limit bytes come out
   * @throws UnsupportedCodingException when one of them is not known
   * @throws IOException when the body is not in its codings
   */
  static Bytes decode(Bytes body, List<String> codings, long limit, Future<?> call)
      throws IOException {
    if (codings.size() > MAX_CODINGS) {
      throw new UnsupportedCodingException();
    }
    ContentDecoder decoder = new ContentDecoder(limit, call);
    try {
      Bytes decoded = body;
      for (int i = codings.size() - 1; i >= 0 && decoded.length() > 0; i--) {
        decoded = decoder.undo(codings.get(i).toLowerCase(Locale.ROOT), decoded);
      }
      return decoded;
    } catch (DataFormatException malformed) {
      throw new ZipException("compressed data is malformed");
    } finally {
      decoder.raw.end();
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
    ByteArrayBuffer out = new ByteArrayBuffer(CHUNK);
    GzipHeader header = new GzipHeader(data);
    int position = 0;
    do {
      if (++members > MAX_MEMBERS) {
        throw new ZipException("too many gzip members");
      }
      raw.reset();
      int start = out.length();
      int end = inflate(raw, data, header.endOf(position), out);
      CRC32 checksum = new CRC32();
      checksum.update(out.array(), start, out.length() - start);
      if (end + TRAILER > data.length()
          || littleEndian(data, end) != (int) checksum.getValue()
          || littleEndian(data, end + 4) != out.length() - start) {
        throw new ZipException("gzip member with a wrong length or checksum");
      }
      position = end + TRAILER;
    } while (header.isAt(position)); // anything else is padding
    return new Bytes(out.array(), out.length());
  }

  private static int littleEndian(Bytes data, int at) {
    int value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | data.unsigned(at + i);
    }
    return value;
  }

  private Bytes inflate(Bytes data) throws IOException, DataFormatException {
    ByteArrayBuffer out = new ByteArrayBuffer(CHUNK);
    if (hasZlibHeader(data)) {
      Inflater zlib = new Inflater();
      try {
        inflate(zlib, data, 0, out);
      } finally {
        zlib.end();
      }
    } else {
      raw.reset();
      inflate(raw, data, 0, out);
    }
    return new Bytes(out.array(), out.length());
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
  private int inflate(Inflater inflater, Bytes data, int start, ByteArrayBuffer out)
      throws IOException, DataFormatException {
    inflater.setInput(data.array(), start, data.length() - start);
    while (!inflater.finished()) {
      int n = inflater.inflate(chunk);
      if (n == 0 && !inflater.finished()) {
        throw new ZipException(
            inflater.needsDictionary()
                ? "deflate data that needs a dictionary"
                : "compressed data is cut short");
      }
      if (out.length() + (long) n > limit) {
        throw new ResponseTooLargeException(limit);
      }
      if (call.isDone()) {
        throw new InterruptedIOException("nobody waits for this response any more");
      }
      out.append(chunk, 0, n);
    }
    return data.length() - inflater.getRemaining();
  }
}
