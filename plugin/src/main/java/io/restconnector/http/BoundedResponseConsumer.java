package io.restconnector.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Collects one response and gives up as soon as its body is larger than the limit. */
final class BoundedResponseConsumer implements AsyncResponseConsumer<CallOutcome.Response> {

  private static final int LARGEST_FIRST_BUFFER = 64 * 1024;

  private final long limit;
  private final Future<?> call;
  private @Nullable HttpResponse head;
  private @Nullable ByteArrayBuffer body;
  private @Nullable FutureCallback<CallOutcome.Response> callback;
  private CallOutcome.@Nullable Response outcome;

  BoundedResponseConsumer(long limit, Future<?> call) {
    this.limit = limit;
    this.call = call;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<CallOutcome.Response> resultCallback)
      throws IOException {
    head = response;
    callback = resultCallback;
    if (entity == null) {
      outcome = outcome(response, new ByteArrayBuffer(0));
      return;
    }
    long announced = entity.getContentLength();
    if (announced > limit) {
      throw new ResponseTooLargeException(limit);
    }
    // What a server announces is not yet what it sends.
    body =
        new ByteArrayBuffer(announced < 0 ? 4096 : (int) Math.min(announced, LARGEST_FIRST_BUFFER));
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    capacity.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer data) throws IOException {
    ByteArrayBuffer buffer = body;
    if (buffer == null) {
      return;
    }
    if (call.isDone()) {
      throw new InterruptedIOException("nobody waits for this response any more");
    }
    if (buffer.length() + (long) data.remaining() > limit) {
      throw new ResponseTooLargeException(limit);
    }
    buffer.append(data);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) throws IOException {
    HttpResponse response = head;
    ByteArrayBuffer buffer = body;
    if (response == null || buffer == null) {
      return;
    }
    List<String> codings = new ArrayList<>();
    MessageSupport.parseElements(
        response, HttpHeaders.CONTENT_ENCODING, element -> codings.add(element.getName()));
    outcome = outcome(response, ContentDecoder.decode(buffer, codings, limit));
  }

  private static CallOutcome.Response outcome(HttpResponse response, ByteArrayBuffer body) {
    return new CallOutcome.Response(
        response.getCode(), List.of(response.getHeaders()), body.array(), body.length());
  }

  @Override
  public void failed(Exception cause) {
    // The client's own callback is told as well.
  }

  /** Comes after the connection went back to the pool, so that a next call finds it there. */
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
