package io.restconnector.webhook;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.webhook.internal.Arrival;
import io.restconnector.webhook.internal.AwaitedAnswer;
import io.restconnector.webhook.internal.Reception;
import io.restconnector.webhook.internal.request.BlockingReader;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.UnreadBodyException;
import io.restconnector.webhook.internal.request.WebhookResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request whose body comes in while no thread waits for it. */
final class WebhookExchange implements ReadListener {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookServlet.class);
  static final String ATTRIBUTE = WebhookExchange.class.getName();

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Arrival arrival;
  private final ServletInputStream in;
  private final boolean isChunked;
  private final AsyncContext async;
  private volatile boolean isAnswered;
  private boolean isEnded;

  WebhookExchange(HttpServletRequest request, HttpServletResponse response, Reception reception)
      throws IOException {
    this.request = request;
    arrival = new Arrival(reception, this::dispatch, this::startEarlyAnswer);
    in = request.getInputStream();
    isChunked = request.getContentLengthLong() < 0;
    async = request.startAsync(request, response);
    this.response = WebhookWait.own(response);
  }

  void start() {
    request.setAttribute(ATTRIBUTE, this);
    async.setTimeout(0); // the container's is for the answer too
    arrival.start();
    in.setReadListener(this);
  }

  private void dispatch() {
    WebhookWait.dispatch(async, request, arrival);
  }

  /** No dispatch: the container would close the connection at its end. */
  private void startEarlyAnswer() {
    try {
      async.start(this::answerEarly);
    } catch (RuntimeException stopping) {
      arrival.close();
      LOG.debug("The container has ended a webhook request", LoggedFailure.of(stopping));
    }
  }

  private synchronized void answerEarly() {
    try {
      if (isEnded) {
        arrival.close();
      } else {
        send();
      }
    } catch (IOException | RuntimeException gone) {
      LOG.debug("The sender of a webhook request gets no answer", LoggedFailure.of(gone));
    } finally {
      arrival.linger(this::dispatch);
    }
  }

  void answer() throws IOException {
    request.removeAttribute(ATTRIBUTE);
    send();
    if (!arrival.isAtEnd() && isChunked) {
      throw new UnreadBodyException();
    }
  }

  private void send() throws IOException {
    if (!isAnswered) {
      isAnswered = true;
      WebhookResponse answer = arrival.answer();
      AwaitedAnswer awaited = arrival.awaited();
      if (awaited != null) {
        new WebhookWait(request, response, awaited).start();
        return;
      }
      WebhookServlet.write(answer, arrival.isAtEnd(), request, response);
      response.flushBuffer();
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    if (!isChunked) {
      read();
      return;
    }
    try {
      // Tomcat takes the end of a chunked body that is read in here for the next request.
      async.start(this::readChunks);
    } catch (IllegalStateException late) {
      LOG.debug("More of a webhook request has come than was waited for", LoggedFailure.of(late));
    }
  }

  private void readChunks() {
    try {
      read();
    } catch (IOException failure) {
      // Tomcat may tell the listener, and then ends the request itself.
      Arrival.later(() -> onError(failure));
    }
  }

  private void read() throws IOException {
    byte[] buffer = new byte[BlockingReader.BUFFER];
    while (arrival.isAwaited() && in.isReady() && !in.isFinished()) {
      int count = in.read(buffer);
      if (count > 0) {
        arrival.add(buffer, count);
      }
    }
  }

  @Override
  public void onAllDataRead() {
    arrival.end();
  }

  /** The container ends the request when this returns. */
  @Override
  public synchronized void onError(Throwable failure) {
    isEnded = true;
    if (arrival.abort(RefusedException.unread(failure))) {
      try {
        try {
          answer();
        } finally {
          async.complete();
        }
      } catch (IOException | RuntimeException gone) {
        LOG.debug("The sender of a webhook request gets no answer", LoggedFailure.of(gone));
      }
    }
  }
}
