package io.restconnector.webhook;

import io.restconnector.content.LoggedFailure;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.Arrival;
import io.restconnector.webhook.internal.request.BlockingReader;
import io.restconnector.webhook.internal.request.Reception;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.UnreadBodyException;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trigger.PathTemplate;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint of the webhook triggers of one engine, for any servlet container: map it to {@code
 * <path>/*}.
 *
 * <p>Bodies are read without a thread where the servlet and all filters support asynchronous
 * requests. The answer is made on a thread of the container.
 */
@WebServlet(asyncSupported = true) // Tomcat looks at it where a servlet is added by hand
public final class WebhookServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(WebhookServlet.class);
  private static final String HTTP_1 = "HTTP/1";

  private final transient WebhookEndpoint endpoint;

  /** For the triggers of this engine, which must have the REST connector. */
  public WebhookServlet(ProcessEngine engine) {
    endpoint = WebhookEndpoint.of(engine);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute(Exchange.ATTRIBUTE) instanceof Exchange exchange) {
      exchange.answer();
      return;
    }
    WebhookRequest head = headOf(request);
    long length = hasBody(request) ? request.getContentLengthLong() : 0;
    Reception reception = endpoint.receive(head, length);
    if (length != 0 && isReadWithoutThread(request)) {
      new Exchange(request, response, reception).start();
      return;
    }
    WebhookResponse answer;
    try (reception) {
      answer = reception.answer(request.getInputStream());
    }
    write(answer, reception.body().isAtEnd(), request, response);
    if (!reception.body().isAtEnd()) {
      response.flushBuffer();
      throw new UnreadBodyException();
    }
  }

  /** RFC 9112 §6.3; other versions of HTTP need no length. */
  private static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length > 0
        || (length < 0
            && (request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith(HTTP_1)));
  }

  /** Whether the container's own stream is there: that of a filter may know no listener. */
  private static boolean isReadWithoutThread(HttpServletRequest request) throws IOException {
    if (!request.isAsyncSupported()) {
      return false;
    }
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    try {
      return own.getInputStream() == request.getInputStream();
    } catch (IllegalStateException readByFilter) {
      return false;
    }
  }

  private static void write(
      WebhookResponse answer,
      boolean isRead,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (!isRead && request.getProtocol().startsWith(HTTP_1)) {
      response.setHeader("Connection", "close");
    }
    if (answer.contentType() != null) {
      response.setContentType(answer.contentType());
    }
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  /** A request whose body comes in while no thread waits for it. */
  private static final class Exchange implements ReadListener {

    static final String ATTRIBUTE = Exchange.class.getName();

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Arrival arrival;
    private final ServletInputStream in;
    private final boolean isChunked;
    private final AsyncContext async;

    Exchange(HttpServletRequest request, HttpServletResponse response, Reception reception)
        throws IOException {
      this.request = request;
      arrival = new Arrival(reception, this::dispatch);
      in = request.getInputStream();
      isChunked = request.getContentLengthLong() < 0;
      async = request.startAsync(request, response);
      // The container's own: a filter that has ended does not send what it has collected.
      ServletResponse own = response;
      while (own instanceof ServletResponseWrapper wrapper) {
        own = wrapper.getResponse();
      }
      this.response = (HttpServletResponse) own;
    }

    void start() {
      request.setAttribute(ATTRIBUTE, this);
      async.setTimeout(0); // the container's is for the answer too
      arrival.start();
      in.setReadListener(this);
    }

    /** Back to the servlet: this thread may be that of all timeouts, or another request's. */
    private void dispatch() {
      try {
        if (PathTemplate.isPlain(request.getRequestURI())) {
          async.dispatch();
        } else {
          async.dispatch(request.getServletPath() + "/");
        }
      } catch (RuntimeException stopping) {
        arrival.close();
        LOG.debug("The container has ended a webhook request", LoggedFailure.of(stopping));
      }
    }

    void answer() throws IOException {
      WebhookResponse given = arrival.answer();
      request.removeAttribute(ATTRIBUTE);
      write(given, arrival.isAtEnd(), request, response);
      response.flushBuffer();
      if (!arrival.isAtEnd() && isChunked) {
        throw new UnreadBodyException();
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
    public void onError(Throwable failure) {
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

  /**
   * The rest of the path as it was sent: the container's path info is decoded as a whole, so that
   * an encoded slash would look like a real one.
   */
  private static WebhookRequest headOf(HttpServletRequest request) {
    String context = request.getContextPath();
    String route = request.getServletPath() + "/";
    String uri = request.getRequestURI();
    String host = request.getHeader("Host");
    return new WebhookRequest(
        request.getMethod(),
        request.getScheme() + "://" + (host == null ? request.getServerName() : host) + context,
        route,
        uri.startsWith(context + route) ? uri.substring((context + route).length()) : "",
        request.getQueryString(),
        headersOf(request));
  }

  private static Map<String, List<String>> headersOf(HttpServletRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
    }
    return headers;
  }
}
