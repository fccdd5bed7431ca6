package io.restconnector.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request, on a kept-alive connection unless told otherwise, with the same small
 * JSON, at the least possible cost: it looks for the blank line that ends a request without body,
 * and writes constant bytes.
 */
final class LoopbackServer implements AutoCloseable {

  private static final String BODY =
      "{\"currency\":\"EUR\",\"rate\":1.0837,\"source\":\"ECB\",\"validFor\":{\"days\":1}}";
  private static final byte[] RESPONSE =
      """
      HTTP/1.1 200 OK\r
      Content-Type: application/json\r
      Content-Length: %d\r
      ETag: "a1"\r
      \r
      %s"""
          .formatted(BODY.length(), BODY)
          .getBytes(StandardCharsets.US_ASCII);

  private static final byte[] LAST_RESPONSE =
      new String(RESPONSE, StandardCharsets.US_ASCII)
          .replaceFirst("\r\n", "\r\nConnection: close\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final byte[] response;
  private final boolean closes;

  LoopbackServer() {
    this(RESPONSE, false);
  }

  /** One with another response. */
  LoopbackServer(byte[] response) {
    this(response, false);
  }

  private LoopbackServer(byte[] response, boolean closes) {
    this.response = response;
    this.closes = closes;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    daemon(this::accept);
  }

  /** One that closes each connection after its first response. */
  static LoopbackServer closing() {
    return new LoopbackServer(LAST_RESPONSE, true);
  }

  /** The response, once more. */
  static ByteBuffer response() {
    return ByteBuffer.wrap(RESPONSE);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/rates/EUR");
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        daemon(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The end of this server.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      byte[] buffer = new byte[8192];
      int matched = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          matched =
              buffer[i] == "\r\n\r\n".charAt(matched) ? matched + 1 : buffer[i] == '\r' ? 1 : 0;
          if (matched == 4) {
            connection.getOutputStream().write(response);
            if (closes) {
              return;
            }
            matched = 0;
          }
        }
      }
    } catch (IOException closed) {
      // The client has gone.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
