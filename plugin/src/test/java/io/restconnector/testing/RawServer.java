package io.restconnector.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A server that sends exactly the bytes of its script and records exactly the bytes of the
 * requests, as ISO-8859-1 text (one char is one byte). Every connection has its own thread.
 *
 * <pre>{@code
 * try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) { … }
 * try (RawServer server = RawServer.start(peer -> { peer.readRequest(); peer.reset(); })) { … }
 * }</pre>
 */
public final class RawServer implements AutoCloseable {

  /** What the server does with one connection; afterwards it waits for the client to close it. */
  @FunctionalInterface
  public interface Script {
    void serve(Peer peer) throws Exception;
  }

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?im)^content-length:\\s*(\\d+)\\s*$");
  private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:\\s*chunked");

  private final ServerSocket listener;
  private final Thread acceptor;
  private final String scheme;
  private final Script script;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private RawServer(ServerSocket listener, String scheme, Script script) {
    this.listener = listener;
    this.scheme = scheme;
    this.script = script;
    acceptor = run("raw-server", this::accept);
  }

  public static RawServer start(Script script) throws IOException {
    return new RawServer(
        new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), "http", script);
  }

  public static RawServer startTls(SSLContext tls, Script script) throws IOException {
    return new RawServer(
        tls.getServerSocketFactory().createServerSocket(0, 512, InetAddress.getLoopbackAddress()),
        "https",
        script);
  }

  /** Shakes hands only with a client that shows a certificate which the context trusts. */
  public static RawServer startMutualTls(SSLContext tls, Script script) throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 512, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(true);
    return new RawServer(listener, "https", script);
  }

  /** Gives every request of every connection the same answer. */
  public static RawServer answering(String response) throws IOException {
    return start(always(response));
  }

  /** Answers every request of a connection, which stays open in between. */
  public static Script always(String response) {
    return replying(request -> response);
  }

  /** As {@link #always}, each answer made from the whole text of its request. */
  public static Script replying(UnaryOperator<String> answer) {
    return peer -> {
      Optional<String> request = peer.readRequest();
      while (request.isPresent()) {
        peer.send(answer.apply(request.get()));
        request = peer.readRequest();
      }
    };
  }

  /** A response with the Content-Length of its body. */
  public static String response(String statusAndHeaders, String body) {
    return "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(statusAndHeaders, body.length(), body);
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url(String path) {
    return scheme + "://127.0.0.1:" + port() + path;
  }

  /** Connections that were ever made. */
  public int accepted() {
    return accepted.get();
  }

  /** Connections that the client has not yet closed. */
  public int open() {
    return open.size();
  }

  /** Requests in the order in which they were complete: head, empty line, body. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        accepted.incrementAndGet();
        if (closed.getCount() == 0) {
          socket.close();
        }
        run("raw-server-connection", () -> serve(socket));
      } catch (IOException closing) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Peer peer = new Peer(socket);
      script.serve(peer);
      peer.awaitClose();
    } catch (Exception gone) {
      // The client went away, which is what many a test wants.
    } finally {
      open.remove(socket);
    }
  }

  private static Thread run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** From then on, connections are refused. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
      acceptor.join(); // until then it may take one more
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One connection, seen from the server. */
  public final class Peer {

    private final Socket socket;
    private final InputStream in;

    private Peer(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }

    /** Reads and records one request; empty when the client closed the connection instead. */
    public Optional<String> readRequest() throws IOException {
      Optional<String> head = readHead();
      if (head.isEmpty()) {
        return head;
      }
      String request = head.get() + readBody(head.get());
      requests.add(request);
      return Optional.of(request);
    }

    /** Reads one head and leaves the body unread. */
    public Optional<String> readHead() throws IOException {
      return readUntil("\r\n\r\n");
    }

    private String readBody(String head) throws IOException {
      if (CHUNKED.matcher(head).find()) {
        return readUntil("0\r\n\r\n").orElse("");
      }
      int length =
          CONTENT_LENGTH
              .matcher(head)
              .results()
              .findFirst()
              .map((MatchResult found) -> Integer.parseInt(found.group(1)))
              .orElse(0);
      return new String(in.readNBytes(length), ISO_8859_1);
    }

    private Optional<String> readUntil(String end) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] wanted = end.getBytes(ISO_8859_1);
      int matched = 0;
      while (matched < wanted.length) {
        int next = in.read();
        if (next < 0) {
          return Optional.empty();
        }
        bytes.write(next);
        matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
      }
      return Optional.of(bytes.toString(ISO_8859_1));
    }

    public void send(String latin1) throws IOException {
      send(latin1.getBytes(ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** Sends the text again and again, until the client or this server is closed. */
    public void sendForever(String latin1, Duration pause) throws Exception {
      do {
        send(latin1);
      } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Ends what this side sends (FIN). */
    public void finish() throws IOException {
      socket.shutdownOutput();
    }

    /** Breaks the connection off (RST). */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Says nothing until the client closes the connection. */
    public void awaitClose() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
