package io.restconnector.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.RedirectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.StreamClosedException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** What an exception of the client says of the exchange. */
final class Failures {

  private Failures() {}

  static CallOutcome classify(Throwable cause, RestRequest request, long limit) {
    if (cause instanceof ResponseTooLargeException) {
      return new CallOutcome.TooLarge(limit);
    }
    if (cause instanceof PermitExpiredException) {
      return new CallOutcome.Failed(cause);
    }
    if (cause instanceof EgressDeniedException) {
      return new CallOutcome.Blocked(String.valueOf(cause.getMessage()));
    }
    // A wait for a free connection, a connect or a handshake, each bounded by the deadline.
    if (cause instanceof InterruptedIOException || cause instanceof TimeoutException) {
      return new CallOutcome.TimedOut(request.timeout());
    }
    if (cause instanceof RedirectException || cause instanceof ErrorOnIoThreadException) {
      return new CallOutcome.Failed(cause);
    }
    if (cause instanceof ParseException || cause instanceof IllegalArgumentException) {
      // Their messages quote what was received, which may be a secret.
      return new CallOutcome.BadResponse(new ProtocolException("malformed response head"));
    }
    if (cause instanceof HttpException
        || cause instanceof SSLException
        || cause instanceof ConnectionClosedException
        || cause instanceof NoHttpResponseException
        || cause instanceof MalformedChunkCodingException
        || cause instanceof TruncatedChunkException
        || cause instanceof MessageConstraintException
        || cause instanceof StreamClosedException
        || cause instanceof ZipException
        || cause instanceof EOFException) {
      return new CallOutcome.BadResponse(cause);
    }
    if (cause instanceof IOException || cause instanceof UnresolvedAddressException) {
      return new CallOutcome.ConnectionFailed(cause);
    }
    return new CallOutcome.Failed(cause);
  }
}
