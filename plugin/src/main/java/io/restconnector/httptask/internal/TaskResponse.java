package io.restconnector.httptask.internal;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.RestAction;
import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.http.common.api.HttpHeaders;
import org.flowable.http.common.api.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code http} task gets. Its text and its exceptions are of the kinds that Flowable's own
 * client gives, as a task may map exceptions by their type; the words are the connector's.
 */
final class TaskResponse {

  private TaskResponse() {}

  /**
   * The response.
   *
   * @param shown makes of a URL without query what a message may show of it
   * @throws IOException when there is none, of the type that Flowable's own client has for it
   * @throws FlowableException when there is none for a reason of the connector
   */
  static HttpResponse of(RestRequest request, CallOutcome outcome, UnaryOperator<String> shown)
      throws IOException {
    CallOutcome last =
        outcome instanceof CallOutcome.RetriesExhausted exhausted ? exhausted.last() : outcome;
    if (last instanceof CallOutcome.Response response) {
      return of(request, response);
    }
    String message = CallResult.of(RestAction.GET, request, outcome, shown).message();
    IOException failure = failure(last, String.valueOf(message));
    if (failure == null) {
      throw new FlowableException(message);
    }
    throw failure;
  }

  private static @Nullable IOException failure(CallOutcome outcome, String message) {
    if (outcome instanceof CallOutcome.TimedOut) {
      return new SocketTimeoutException(message);
    }
    if (outcome instanceof CallOutcome.ConnectionFailed failed) {
      return isOf(failed, UnknownHostException.class)
              || isOf(failed, UnresolvedAddressException.class)
          ? new UnknownHostException(message)
          : isOf(failed, ConnectException.class)
              ? new HttpHostConnectException(message)
              : new SocketException(message);
    }
    if (outcome instanceof CallOutcome.BadResponse bad) {
      return isOf(bad, SSLHandshakeException.class)
          ? new SSLHandshakeException(message)
          : isOf(bad, SSLPeerUnverifiedException.class)
              ? new SSLPeerUnverifiedException(message)
              : isOf(bad, SSLException.class)
                  ? new SSLException(message)
                  : new IOException(message);
    }
    return null;
  }

  private static boolean isOf(CallOutcome outcome, Class<? extends Throwable> type) {
    return outcome.cause() instanceof LoggedFailure failure && failure.isOf(type);
  }

  private static HttpResponse of(RestRequest request, CallOutcome.Response response) {
    HttpResponse told = new HttpResponse();
    told.setStatusCode(response.status());
    told.setProtocol("HTTP/1.1");
    told.setReason(
        response.status() >= 100 && response.status() < 600
            ? EnglishReasonPhraseCatalog.INSTANCE.getReason(response.status(), null)
            : null);
    if (!response.headers().isEmpty()) {
      HttpHeaders headers = new HttpHeaders();
      for (Header each : response.headers()) {
        headers.add(each.getName(), each.getValue());
      }
      told.setHttpHeaders(headers);
    }
    if (!isWithoutBody(request, response.status())) {
      byte[] body = Arrays.copyOf(response.buffer(), response.length());
      told.setBodyBytes(body);
      told.setBody(text(body, response.header("Content-Type")));
    }
    response.release();
    return told;
  }

  /** RFC 9110 §6.4.1. */
  private static boolean isWithoutBody(RestRequest request, int status) {
    return "HEAD".equals(request.method()) || status == 204 || status == 304;
  }

  /** In the charset that Flowable's client takes where the type names none. */
  private static String text(byte[] body, @Nullable String type) {
    try {
      return EntityUtils.toString(new ByteArrayEntity(body, ContentType.parseLenient(type)));
    } catch (IOException | ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
