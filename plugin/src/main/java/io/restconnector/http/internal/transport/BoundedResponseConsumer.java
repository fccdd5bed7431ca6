package io.restconnector.http.internal.transport;

import io.restconnector.content.internal.ResponseTooLargeException;
import io.restconnector.spi.CallOutcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects one response as it is on the wire, and gives up as soon as its body is larger than the
 * limit. Where the body is long, it reads on only when there is memory for it.
 */
final class BoundedResponseConsumer implements AsyncResponseConsumer<CallOutcome.Response> {

  private static final int LARGEST_FIRST_BUFFER = 64 * 1024;
  private static final int MAX_HEAD = 256 * 1024;

  private final Reception reception;
  private long announced;
  private volatile boolean reserving;
  private int status;
  private List<Header> headers = List.of();
  private @Nullable ByteArrayBuffer body;
  private @Nullable FutureCallback<CallOutcome.Response> callback;
  private CallOutcome.@Nullable Response outcome;

  BoundedResponseConsumer(Reception reception) {
    this.reception = reception;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<CallOutcome.Response> resultCallback)
      throws IOException {
    HopState.of(context).answered();
    headers = readHeaders(response.getHeaders());
    status = response.getCode();
    callback = resultCallback;
    if (entity == null) {
      outcome = new CallOutcome.Response(status, headers, new byte[0], 0);
      return;
    }
    announced = entity.getContentLength();
    if (announced > reception.limit()) {
      throw new ResponseTooLargeException(reception.limit());
    }
    // A server may announce more than it sends.
    body =
        new ByteArrayBuffer(announced < 0 ? 4096 : (int) Math.min(announced, LARGEST_FIRST_BUFFER));
  }

  /** Each value is read once: the client makes a new string of it each time. */
  private static List<Header> readHeaders(Header[] received) throws MessageConstraintException {
    Header[] headers = new Header[received.length];
    long length = 0;
    for (int i = 0; i < received.length; i++) {
      String name = received[i].getName();
      String value = Objects.requireNonNullElse(received[i].getValue(), "");
      length += name.length() + value.length();
      headers[i] = new BasicHeader(name, HeaderText.ofWire(value));
    }
    if (length > MAX_HEAD) {
      throw new MessageConstraintException("response head is too large");
    }
    return List.of(headers);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  /** Is called after the first 64 KiB, which HttpClient reads without asking. */
  @Override
  public void updateCapacity(CapacityChannel capacity) {
    ByteArrayBuffer buffer = body;
    if (buffer == null || reserving) { // HttpClient asks again at every read
      return;
    }
    reserving = true;
    long left = (announced < 0 ? reception.limit() + 1 : announced) - buffer.length();
    // The buffer doubles: a server that announces much and sends nothing reserves little.
    long next = Math.max(1, Math.min(left, buffer.length()));
    reception.reserve(
        next,
        () -> {
          reserving = false;
          capacity.update((int) Math.min(next, Integer.MAX_VALUE));
        });
  }

  @Override
  public void consume(ByteBuffer data) throws IOException {
    ByteArrayBuffer buffer = body;
    if (buffer == null) {
      return;
    }
    if (reception.isOver()) {
      throw new InterruptedIOException("nobody waits for this response any more");
    }
    if (buffer.length() + (long) data.remaining() > reception.limit()) {
      throw new ResponseTooLargeException(reception.limit());
    }
    int needed = buffer.length() + data.remaining();
    if (announced > buffer.capacity() && needed > buffer.capacity()) {
      long next = Math.min(announced, Math.max(needed, 2L * buffer.capacity()));
      buffer.ensureCapacity((int) next - buffer.length());
    }
    buffer.append(data);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    ByteArrayBuffer buffer = body;
    if (buffer != null) {
      outcome = new CallOutcome.Response(status, headers, buffer.array(), buffer.length());
    }
  }

  @Override
  public void failed(Exception cause) {
    // The client's own callback is told as well.
  }

  /** Is called once the connection is back in the pool, where the next call finds it. */
  @Override
  public void releaseResources() {
    body = null;
    CallOutcome.Response complete = outcome;
    FutureCallback<CallOutcome.Response> done = callback;
    if (complete != null && done != null) {
      done.completed(complete);
    }
  }
}
