package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.content.internal.ResponseTooLargeException;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.CircularRedirectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What exceptions of the client stand for. */
class FailuresTest {

  private static final String PEER = "peer-says-secret";
  private static final RestRequest REQUEST = get("http://127.0.0.1/");

  static Stream<Arguments> wrongResponses() {
    return Stream.of(
        arguments(new SSLPeerUnverifiedException(PEER), "the certificate is for another host"),
        arguments(new SSLHandshakeException(PEER), "TLS failed"),
        arguments(
            new SSLHandshakeException(PEER).initCause(new CertificateException(PEER)),
            "the certificate is not trusted"),
        arguments(new ConnectionClosedException(PEER), "the connection ended"),
        arguments(new NoHttpResponseException(PEER), "the connection ended"),
        arguments(new MalformedChunkCodingException(PEER), "the body is badly framed"),
        arguments(new ZipException(PEER), "the body is not in its content coding"),
        arguments(new EOFException(PEER), "the body is not in its content coding"),
        arguments(new MessageConstraintException(PEER), "the head is too large"),
        arguments(new UnsupportedHttpVersionException(PEER), "the HTTP version"),
        arguments(new ProtocolException(PEER), "the head is malformed"),
        arguments(new IllegalArgumentException(PEER), "the head is malformed"),
        arguments(new UnusableLocationException(), "no http or https URL"));
  }

  @ParameterizedTest
  @MethodSource("wrongResponses")
  void whenTheResponseIsWrongThenItIsTheOriginsFault(Exception cause, String what) {
    CallOutcome outcome = Failures.classify(cause, REQUEST, 10);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            CallOutcome.BadResponse.class,
            bad -> {
              assertThat(bad.what()).contains(what).doesNotContain(PEER);
              assertThat(bad.isOriginFailure()).isTrue();
              assertThat(bad.cause()).isInstanceOf(LoggedFailure.class);
            });
  }

  static Stream<Arguments> noConnections() {
    return Stream.of(
        arguments(new UnknownHostException(PEER), "the host has no address"),
        arguments(new UnresolvedAddressException(), "the host has no address"),
        arguments(new ConnectException(PEER), "it was refused"),
        arguments(new SocketException(PEER), "it was reset or broke"),
        arguments(new IOException(PEER), "it was reset or broke"));
  }

  @ParameterizedTest
  @MethodSource("noConnections")
  void whenThereIsNoConnectionThenTheMessageSaysWhy(Exception cause, String why) {
    assertThat(Failures.classify(cause, REQUEST, 10))
        .isInstanceOfSatisfying(
            CallOutcome.ConnectionFailed.class,
            failed -> assertThat(failed.what()).isEqualTo("got no connection: " + why));
  }

  @Test
  void whenAWaitIsOverThenTheCallTimedOut() {
    assertThat(Failures.classify(new SocketTimeoutException(PEER), REQUEST, 10))
        .isEqualTo(new CallOutcome.TimedOut(REQUEST.timeout()));
    assertThat(Failures.classify(new TimeoutException(PEER), REQUEST, 10))
        .isEqualTo(new CallOutcome.TimedOut(REQUEST.timeout()));
  }

  @Test
  void whenTheFaultIsNotTheOriginsThenTheOutcomeSaysWhose() {
    assertThat(Failures.classify(new ResponseTooLargeException(10), REQUEST, 10))
        .isEqualTo(new CallOutcome.TooLarge(10));
    assertThat(Failures.classify(new PermitExpiredException(), REQUEST, 10).isOfThisNode())
        .isTrue();
    assertThat(
            Failures.classify(
                new ErrorOnIoThreadException(new StackOverflowError(PEER)), REQUEST, 10))
        .isInstanceOfSatisfying(
            CallOutcome.Failed.class,
            failed -> assertThat(failed.what()).contains("cannot take in"));
    assertThat(Failures.classify(new CircularRedirectException(PEER), REQUEST, 10))
        .isInstanceOfSatisfying(
            CallOutcome.Failed.class, failed -> assertThat(failed.what()).contains("redirected"));
    assertThat(Failures.classify(new IllegalStateException(PEER), REQUEST, 10))
        .isInstanceOfSatisfying(
            CallOutcome.Failed.class,
            failed -> assertThat(failed.what()).contains("at DEBUG").doesNotContain(PEER));
  }
}
