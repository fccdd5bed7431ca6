package io.restconnector.http.internal.transport;

import io.restconnector.content.internal.ContentDecoder;
import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.SecretHeader;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.jspecify.annotations.Nullable;

/** One exchange. Its connection is closed if the result is complete without it. */
final class Exchange implements FutureCallback<CallOutcome.Response> {

  private static final Header ACCEPT =
      new BasicHeader(HttpHeaders.ACCEPT, "application/json, */*;q=0.8");
  private static final Header ACCEPT_ENCODING =
      new BasicHeader(HttpHeaders.ACCEPT_ENCODING, ContentDecoder.ACCEPTED);

  final CompletableFuture<CallOutcome> result;
  private final PooledClient client;
  private final RestRequest request;
  private final HopState hops;
  private final Reception reception;
  private final HttpClientContext context;
  private boolean resent;

  /** An exchange that is not started yet. */
  Exchange(
      PooledClient client,
      RestRequest request,
      HopState hops,
      CallContext call,
      Reception reception) {
    this.client = client;
    this.request = request;
    this.hops = hops;
    this.reception = reception;
    result = reception.result;
    context = HttpClientContext.create();
    context.setAttribute(
        DeadlineConnections.CALL, new DeadlineConnections.Call(request, call.deadline(), result));
    hops.enter(context);
    context.setRequestConfig(client.requestConfig(call.timeout()));
  }

  void start() {
    if (!isSendable()) {
      result.complete(
          new CallOutcome.Failed(
              "was not sent, as the application gave it user info in the URL or a header of the message frame",
              new IllegalStateException("a request that HTTP does not have"),
              true));
      return;
    }
    Future<CallOutcome.Response> sent =
        client
            .client()
            .execute(
                new BasicRequestProducer(head(), entity()),
                new BoundedResponseConsumer(reception),
                null,
                context,
                this);
    result.whenComplete(
        (outcome, cancelled) -> {
          if (!sent.isDone()) { // cancelling a future from its callback would close the connection
            sent.cancel(true);
          }
        });
  }

  /** The client refuses the rest as it refuses a malformed response. */
  private boolean isSendable() {
    String authority = request.uri().getRawAuthority();
    return (authority == null || authority.indexOf('@') < 0)
        && request.headers().stream()
            .noneMatch(
                header ->
                    header.getName().equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)
                        || header.getName().equalsIgnoreCase(HttpHeaders.TRANSFER_ENCODING));
  }

  private BasicHttpRequest head() {
    BasicHttpRequest head = new BasicHttpRequest(request.method(), request.uri());
    // None of them shows its value in the client's own debug log.
    request
        .headers()
        .forEach(each -> head.addHeader(new SecretHeader(each.getName(), each.getValue())));
    addByDefault(head, ACCEPT);
    addByDefault(head, ACCEPT_ENCODING);
    return head;
  }

  private static void addByDefault(BasicHttpRequest head, Header header) {
    if (!head.containsHeader(header.getName())) {
      head.addHeader(header);
    }
  }

  private @Nullable AsyncEntityProducer entity() {
    byte[] body = request.body();
    return body == null ? null : new BasicAsyncEntityProducer(body, null);
  }

  @Override
  public void completed(CallOutcome.Response response) {
    List<URI> redirects = context.getRedirectLocations().getAll();
    reception.complete(
        redirects.isEmpty() ? response : from(redirects.get(redirects.size() - 1), response));
  }

  private static CallOutcome.Response from(URI url, CallOutcome.Response response) {
    return new CallOutcome.Response(
        response.status(),
        response.headers(),
        response.buffer(),
        response.length(),
        url,
        response.releaseAction());
  }

  @Override
  public void failed(Exception cause) {
    if (wasNotAnswered(cause) && context.getResponse() == null && !resent && !result.isDone()) {
      resent = true;
      start();
      return;
    }
    result.complete(told(Failures.classify(cause, request, reception.limit())));
  }

  /**
   * Whether a kept-alive connection was closed before the request was sent, or before the answer to
   * one that may be sent twice (RFC 9112 §9.3.1). To send it again is no retry. It would be one
   * where an earlier request of the same call was redirected.
   */
  private boolean wasNotAnswered(Exception cause) {
    if (cause instanceof RequestNotExecutedException) {
      return true;
    }
    Leftovers leftovers = Leftovers.of(context);
    return cause instanceof IOException
        && !(cause instanceof InterruptedIOException)
        && request.hasIdempotentMethod()
        && leftovers != null
        && leftovers.endedUnanswered();
  }

  /** Distinguishes a wait for the origin from a wait for other calls of this node. */
  CallOutcome told(CallOutcome because) {
    return because instanceof CallOutcome.TimedOut late && hops.waitsForConnection()
        ? late.waitingFor("a free connection of this node")
        : because;
  }

  @Override
  public void cancelled() {
    result.complete(CallContext.closed());
  }
}
