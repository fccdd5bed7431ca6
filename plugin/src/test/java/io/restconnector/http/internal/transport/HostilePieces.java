package io.restconnector.http.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What hostile responses are made of. */
final class HostilePieces {

  private HostilePieces() {}

  static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  /** RFC 1951 without, or RFC 1950 with its header. */
  static byte[] deflate(byte[] content, boolean bare) {
    return deflate(content, new Deflater(9, bare));
  }

  static byte[] withDictionary(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setDictionary(bytes("dictionary"));
    return deflate(content, deflater);
  }

  private static byte[] deflate(byte[] content, Deflater deflater) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(content);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  static byte[] repeated(byte[] piece, int times) {
    byte[] all = new byte[piece.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(piece, 0, all, i * piece.length, piece.length);
    }
    return all;
  }

  static byte[] members(byte[] content, int times) {
    return repeated(gzip(content), times);
  }

  static byte[] cut(byte[] content, int less) {
    return Arrays.copyOf(content, Math.max(0, content.length - less));
  }

  static byte[] flipped(byte[] content, int fromEnd) {
    byte[] changed = content.clone();
    if (changed.length >= fromEnd) {
      changed[changed.length - fromEnd] ^= 0x55;
    }
    return changed;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A response with the given head lines and the length of its body. */
  static byte[] response(String head, byte[] body) {
    String lines = "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n".formatted(head, body.length);
    return joined(bytes(lines), body);
  }

  static byte[] coded(String coding, byte[] body) {
    return response("200 OK\r\nContent-Encoding: " + coding, body);
  }

  static byte[] chunked(String body) {
    return bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
  }
}
