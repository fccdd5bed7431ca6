package io.restconnector.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy: tunnels CONNECT, forwards requests in absolute form, and wants the header {@code
 * Proxy-Authorization} that it was told. Records the head of every request that it was sent.
 */
public final class ProxyServer implements AutoCloseable {

  private final ServerSocket listener;
  private final String authorization;
  private final String everybody;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * @param authorization wanted value of Proxy-Authorization, empty for none
   */
  public ProxyServer(String authorization) throws IOException {
    this(authorization, "");
  }

  /**
   * @param everybody where every host name leads to, empty for where it does
   */
  public ProxyServer(String authorization, String everybody) throws IOException {
    this.authorization = authorization;
    this.everybody = everybody;
    listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** What came, up to the empty line. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        run(() -> serve(client));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  /** One request a connection, which is enough for a proxy that closes after it. */
  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = readHead(in);
      heads.add(head);
      OutputStream out = client.getOutputStream();
      boolean welcome =
          authorization.isEmpty()
              || head.contains("\r\nProxy-Authorization: " + authorization + "\r\n");
      if (!welcome) {
        send(
            out,
            RawServer.response(
                "407 Who are you\r\nConnection: close\r\nProxy-Authenticate: Basic realm=p", ""));
        client.shutdownOutput();
        in.transferTo(OutputStream.nullOutputStream());
        return;
      }
      String[] line = head.split(" ", 3);
      boolean tunnel = line[0].equals("CONNECT");
      URI target = URI.create(tunnel ? "tcp://" + line[1] : line[1]);
      try (Socket server = connect(target)) {
        open.add(server);
        if (tunnel) {
          send(out, "HTTP/1.1 200 Here you are\r\n\r\n");
        } else {
          send(
              server.getOutputStream(),
              head.replaceFirst(" http://[^/ ]+", " ")
                  .replaceAll("(?i)\r\nProxy-Authorization:[^\r]*", ""));
        }
        run(() -> pump(in, server));
        server.getInputStream().transferTo(out);
      }
    } catch (IOException gone) {
      // One of the two went away.
    }
  }

  private Socket connect(URI target) throws IOException {
    return new Socket(everybody.isEmpty() ? target.getHost() : everybody, target.getPort());
  }

  private static void pump(InputStream from, Socket to) {
    try {
      byte[] chunk = new byte[8192];
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.getOutputStream().write(chunk, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      // The other direction ends as well.
    }
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "proxy-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
