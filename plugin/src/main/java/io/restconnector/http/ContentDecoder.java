package io.restconnector.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.util.ByteArrayBuffer;

/** Undoes the content codings of RFC 9110 §8.4.1, up to a size. */
final class ContentDecoder {

  static final String ACCEPTED = "gzip, deflate";
  private static final int MAX_CODINGS = 4;

  private ContentDecoder() {}

  /**
   * @param codings in the order in which they were applied
   * @throws ResponseTooLargeException when more than limit bytes come out
   * @throws IOException when the body is not in a coding that is known
   */
  static ByteArrayBuffer decode(ByteArrayBuffer body, List<String> codings, long limit)
      throws IOException {
    if (codings.size() > MAX_CODINGS) {
      throw new ZipException(codings.size() + " content codings, one upon the other");
    }
    ByteArrayBuffer decoded = body;
    for (int i = codings.size() - 1; i >= 0 && !decoded.isEmpty(); i--) {
      InputStream in = new ByteArrayInputStream(decoded.array(), 0, decoded.length());
      switch (codings.get(i).toLowerCase(Locale.ROOT)) {
        case "identity" -> {}
        case "gzip", "x-gzip" -> decoded = read(new GZIPInputStream(in), limit);
        case "deflate" -> decoded = inflate(in, hasZlibHeader(decoded), limit);
        default -> throw new ZipException("unknown content coding " + codings.get(i));
      }
    }
    return decoded;
  }

  /** Some servers send raw deflate data (RFC 1951) where RFC 9110 wants it in zlib format. */
  private static boolean hasZlibHeader(ByteArrayBuffer data) {
    if (data.length() < 2) {
      return false;
    }
    int first = data.byteAt(0) & 0xff;
    int second = data.byteAt(1) & 0xff;
    return (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
  }

  private static ByteArrayBuffer inflate(InputStream in, boolean zlib, long limit)
      throws IOException {
    Inflater inflater = new Inflater(!zlib);
    try {
      ByteArrayBuffer decoded = read(new InflaterInputStream(in, inflater), limit);
      if (!inflater.finished()) {
        throw new ZipException("deflate data that needs a dictionary");
      }
      return decoded;
    } finally {
      inflater.end();
    }
  }

  private static ByteArrayBuffer read(InputStream in, long limit) throws IOException {
    try (in) {
      ByteArrayBuffer out = new ByteArrayBuffer(8 * 1024);
      byte[] chunk = new byte[8 * 1024];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (out.length() + (long) n > limit) {
          throw new ResponseTooLargeException(limit);
        }
        out.append(chunk, 0, n);
      }
      return out;
    }
  }
}
