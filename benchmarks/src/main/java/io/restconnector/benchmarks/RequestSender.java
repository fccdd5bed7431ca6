package io.restconnector.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends POST requests on one kept-alive connection, at the least possible cost. */
final class RequestSender implements AutoCloseable {

  private static final String LENGTH = "content-length: ";

  private final Socket connection;
  private final byte[] buffer = new byte[8192];

  private final String headers;

  /**
   * For a server on this machine.
   *
   * @param headers lines to add to each request
   */
  RequestSender(int port, String headers) throws IOException {
    this.headers = headers;
    connection = new Socket(InetAddress.getLoopbackAddress(), port);
    connection.setTcpNoDelay(true);
  }

  /** Returns when the whole response has come, if it has the status that is wanted. */
  void post(String path, String body, int wanted) throws IOException {
    String request =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(path, headers, body.length(), body);
    connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String response = response();
    if (!response.startsWith("HTTP/1.1 " + wanted)) {
      throw new IOException("Wanted " + wanted + ", " + path + " answered " + response);
    }
  }

  private String response() throws IOException {
    InputStream in = connection.getInputStream();
    int count = 0;
    while (true) {
      int n = in.read(buffer, count, buffer.length - count);
      if (n < 0) {
        throw new IOException("The server closed the connection");
      }
      count += n;
      String response = new String(buffer, 0, count, StandardCharsets.US_ASCII);
      int end = response.indexOf("\r\n\r\n");
      if (end >= 0 && count >= end + 4 + length(response)) {
        return response;
      }
    }
  }

  private static int length(String response) {
    int start = response.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    return start < 0
        ? 0
        : Integer.parseInt(
            response.substring(start + LENGTH.length(), response.indexOf('\r', start)));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
