package io.restconnector.spi;

import io.restconnector.content.internal.LoggedFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** How an exchange ended. A call always ends as one of these, never as an exception. */
public sealed interface CallOutcome {

  /** The cause, where an exception was one. It quotes no peer. */
  default @Nullable Throwable cause() {
    return null;
  }

  /** Whether a circuit breaker counts this as a failure of the origin. */
  default boolean isOriginFailure() {
    return false;
  }

  /** Whether this happened on this node, such as no free connection. No breaker counts it. */
  default boolean isOfThisNode() {
    return false;
  }

  /** Says that neither the body nor what was parsed from it is held any longer. */
  default void release() {}

  /** The same with something to run on {@link #release}, where there is a response. */
  default CallOutcome onRelease(Runnable action) {
    return this;
  }

  /**
   * A complete HTTP response.
   *
   * @param status of the last response, after redirects
   * @param headers as they were received
   * @param buffer holds the body, after content decoding, in its first {@code length} bytes; the
   *     rest of it is unused. A copy of the right size would hold the body twice.
   * @param length of the body, 0 where there was none
   * @param redirectedTo the URL that gave this response, null where that is the one of the request
   * @param releaseAction gives back the memory that is reserved for the body; {@link #release} runs
   *     it, maybe more than once. Null where no memory is reserved.
   */
  record Response(
      int status,
      List<Header> headers,
      byte[] buffer,
      int length,
      @Nullable URI redirectedTo,
      @Nullable Runnable releaseAction)
      implements CallOutcome {
    public Response {
      headers = List.copyOf(headers);
    }

    public Response(int status, List<Header> headers, byte[] buffer, int length) {
      this(status, headers, buffer, length, null, null);
    }

    /** The same with the first bytes of an array as body. */
    public Response withBody(byte[] bytes, int count) {
      return new Response(status, headers, bytes, count, redirectedTo, releaseAction);
    }

    public Response withoutBody() {
      return withBody(new byte[0], 0);
    }

    @Override
    public Response onRelease(Runnable action) {
      return new Response(status, headers, buffer, length, redirectedTo, action);
    }

    @Override
    public void release() {
      if (releaseAction != null) {
        releaseAction.run();
      }
    }

    /** The first value of a header, in any case. */
    public @Nullable String header(String name) {
      for (Header header : headers) {
        if (header.getName().equalsIgnoreCase(name)) {
          return header.getValue();
        }
      }
      return null;
    }

    @Override
    public boolean isOriginFailure() {
      return status >= 500;
    }

    /** The status only: header values and bodies may be secret. */
    @Override
    public String toString() {
      return "Response[" + status + "]";
    }
  }

  /**
   * The deadline passed before the last byte had come.
   *
   * @param waitedFor what the call waited for on this node, such as "a free connection of this
   *     node"; null where it waited for the origin
   */
  record TimedOut(Duration timeout, @Nullable String waitedFor) implements CallOutcome {
    public TimedOut(Duration timeout) {
      this(timeout, null);
    }

    /** The same where the call waited on this node. */
    public TimedOut waitingFor(String what) {
      return new TimedOut(timeout, what);
    }

    @Override
    public boolean isOriginFailure() {
      return waitedFor == null;
    }

    @Override
    public boolean isOfThisNode() {
      return waitedFor != null;
    }
  }

  /** The origin's circuit breaker let nothing through; nothing was sent. */
  record CircuitOpen(String origin) implements CallOutcome {}

  /**
   * No connection: no address, refused, reset.
   *
   * @param what in words of this connector, such as "got no connection: it was refused"
   * @param cause fit for a log: it quotes no peer
   */
  record ConnectionFailed(String what, Throwable cause) implements CallOutcome {
    @Override
    public boolean isOriginFailure() {
      return true;
    }
  }

  /**
   * TLS failed, or what came back is no complete, decodable HTTP response.
   *
   * @param what in words of this connector
   * @param cause fit for a log: it quotes no peer
   */
  record BadResponse(String what, @Nullable Throwable cause) implements CallOutcome {
    @Override
    public boolean isOriginFailure() {
      return true;
    }
  }

  /**
   * There is no access token for the call; it was not sent, or was refused with the token before.
   *
   * @param authentication name of the authentication
   * @param request the token request
   * @param outcome how that ended; a response only with a status of 400 or higher
   * @param reason one of the words of RFC 6749 §5.2, such as {@code invalid_client}; null where the
   *     answer has none of them
   */
  record TokenUnavailable(
      String authentication, RestRequest request, CallOutcome outcome, @Nullable String reason)
      implements CallOutcome {
    public TokenUnavailable(String authentication, RestRequest request, CallOutcome outcome) {
      this(authentication, request, outcome, null);
    }

    @Override
    public @Nullable Throwable cause() {
      return outcome.cause();
    }

    @Override
    public boolean isOfThisNode() {
      return true;
    }
  }

  /** The body, after content decoding, is larger than the limit in bytes. */
  record TooLarge(long limit) implements CallOutcome {}

  /** The egress guard denies the host, which may be that of a redirect; nothing was sent to it. */
  record EgressDenied(String host) implements CallOutcome {
    @Override
    public boolean isOfThisNode() {
      return true;
    }

    /** Without the host, which a server may have chosen. */
    @Override
    public String toString() {
      return "EgressDenied";
    }
  }

  /**
   * A call that was tried more than once, and is no success.
   *
   * @param last outcome
   */
  record RetriesExhausted(int attempts, CallOutcome last) implements CallOutcome {
    @Override
    public RetriesExhausted onRelease(Runnable action) {
      return new RetriesExhausted(attempts, last.onRelease(action));
    }

    @Override
    public void release() {
      last.release();
    }

    @Override
    public @Nullable Throwable cause() {
      return last.cause();
    }

    @Override
    public boolean isOriginFailure() {
      return last.isOriginFailure();
    }
  }

  /**
   * Anything else: too many redirects, the client was closed.
   *
   * @param what in words of this connector
   * @param cause fit for a log: it quotes no peer
   * @param isOfThisNode whether it says nothing of the origin
   */
  record Failed(String what, Throwable cause, boolean isOfThisNode) implements CallOutcome {
    public Failed(String what, Throwable cause) {
      this(what, cause, false);
    }

    public Failed(Throwable cause) {
      this("failed for a reason that the connector's log has at DEBUG", LoggedFailure.of(cause));
    }
  }
}
