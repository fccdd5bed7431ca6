package io.restconnector.webhook;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.webhook.internal.AwaitedAnswer;
import io.restconnector.webhook.internal.request.PathSegments;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that waits for a process while no thread waits for it. */
final class WebhookWait implements AsyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookServlet.class);
  static final String ATTRIBUTE = WebhookWait.class.getName();

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final AwaitedAnswer awaited;

  WebhookWait(HttpServletRequest request, HttpServletResponse response, AwaitedAnswer awaited) {
    this.request = request;
    this.response = own(response);
    this.awaited = awaited;
  }

  /** Where the request cannot wait, it is answered where its answer will be. */
  void start() throws IOException {
    if (!request.isAsyncSupported()) {
      WebhookServlet.write(awaited.accepted(), true, request, response);
      return;
    }
    AsyncContext async = request.startAsync(request, response);
    async.setTimeout(0); // the trigger says how long
    async.addListener(this);
    request.setAttribute(ATTRIBUTE, this);
    awaited.ready().whenComplete((done, failure) -> dispatch(async, request, awaited));
  }

  void answer() throws IOException {
    request.removeAttribute(ATTRIBUTE);
    WebhookServlet.write(awaited.answer(), true, request, response);
    response.flushBuffer();
  }

  /** The container's own: a filter that has ended does not send what it has collected. */
  static HttpServletResponse own(HttpServletResponse response) {
    ServletResponse own = response;
    while (own instanceof ServletResponseWrapper wrapper) {
      own = wrapper.getResponse();
    }
    return (HttpServletResponse) own;
  }

  /**
   * Back to the servlet: this thread may be that of all timeouts, or another request's.
   *
   * @param held is closed where the container has ended the request
   */
  static void dispatch(AsyncContext async, HttpServletRequest request, AutoCloseable held) {
    try {
      if (PathSegments.isPlain(request.getRequestURI())) {
        async.dispatch();
      } else {
        async.dispatch(request.getServletPath() + "/");
      }
    } catch (RuntimeException stopping) {
      close(held);
      LOG.debug("The container has ended a webhook request", LoggedFailure.of(stopping));
    }
  }

  private static void close(AutoCloseable held) {
    try {
      held.close();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    awaited.close();
  }

  @Override
  public void onError(AsyncEvent event) {
    awaited.close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    awaited.close();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nothing of this request starts anew.
  }
}
