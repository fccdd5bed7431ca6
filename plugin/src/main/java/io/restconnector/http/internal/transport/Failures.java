package io.restconnector.http.internal.transport;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.content.internal.ResponseTooLargeException;
import io.restconnector.content.internal.UnsupportedCodingException;
import io.restconnector.http.internal.egress.EgressDeniedException;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.RedirectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.StreamClosedException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of the client says of the exchange. Only its type is read: its message may
 * quote what came over the wire, such as a header, a certificate or the URL of a redirect.
 */
final class Failures {

  private Failures() {}

  static CallOutcome classify(Throwable cause, RestRequest request, long limit) {
    LoggedFailure logged = LoggedFailure.of(cause);
    if (cause instanceof ResponseTooLargeException) {
      return new CallOutcome.TooLarge(limit);
    }
    if (cause instanceof PermitExpiredException) {
      return new CallOutcome.Failed("was not sent, as its job may be another node's", logged, true);
    }
    if (cause instanceof EgressDeniedException denied) {
      return new CallOutcome.EgressDenied(denied.host());
    }
    // A wait for a free connection, a connect or a handshake, each bounded by the deadline.
    if (cause instanceof InterruptedIOException || cause instanceof TimeoutException) {
      return new CallOutcome.TimedOut(request.timeout());
    }
    if (cause instanceof ErrorOnIoThreadException) {
      return new CallOutcome.Failed("got a response that the client cannot take in", logged);
    }
    if (cause instanceof RedirectException) {
      return new CallOutcome.Failed("was redirected more than five times", logged);
    }
    if (cause instanceof UnusableLocationException) {
      return new CallOutcome.BadResponse("was redirected to what is no http or https URL", logged);
    }
    if (cause instanceof UnsupportedCodingException) {
      return new CallOutcome.BadResponse(
          "answered with a content coding that is not supported", logged);
    }
    String wrong = wrong(cause);
    if (wrong != null) {
      return new CallOutcome.BadResponse("got no valid HTTP response: " + wrong, logged);
    }
    if (cause instanceof IOException || cause instanceof UnresolvedAddressException) {
      return new CallOutcome.ConnectionFailed("got no connection: " + missing(cause), logged);
    }
    return new CallOutcome.Failed(cause);
  }

  /** Null where it is not the response that is wrong. */
  private static @Nullable String wrong(Throwable cause) {
    if (cause instanceof SSLPeerUnverifiedException) {
      return "the certificate is for another host";
    }
    if (cause instanceof SSLException) {
      return isOfCertificate(cause) ? "the certificate is not trusted" : "TLS failed";
    }
    if (cause instanceof ConnectionClosedException
        || cause instanceof NoHttpResponseException
        || cause instanceof TruncatedChunkException
        || cause instanceof StreamClosedException) {
      return "the connection ended before the response did";
    }
    if (cause instanceof MalformedChunkCodingException) {
      return "the body is badly framed";
    }
    if (cause instanceof ZipException || cause instanceof EOFException) {
      return "the body is not in its content coding";
    }
    if (cause instanceof MessageConstraintException) {
      return "the head is too large";
    }
    if (cause instanceof UnsupportedHttpVersionException) {
      return "the HTTP version is not supported";
    }
    boolean isOfHead = cause instanceof HttpException || cause instanceof IllegalArgumentException;
    return isOfHead && !(cause instanceof UnresolvedAddressException)
        ? "the head is malformed"
        : null;
  }

  private static boolean isOfCertificate(Throwable failure) {
    return failure instanceof CertificateException
        || (failure.getCause() != null && isOfCertificate(failure.getCause()));
  }

  private static String missing(Throwable cause) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return "the host has no address";
    }
    return cause instanceof ConnectException ? "it was refused" : "it was reset or broke";
  }
}
