package io.restconnector.httptask.internal;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.auth.CredentialScope;
import io.restconnector.httptask.HostAuthentication;
import io.restconnector.httptask.HttpTaskSettings;
import io.restconnector.internal.platform.HttpTaskMultipart;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.http.common.api.HttpRequest;
import org.flowable.http.common.impl.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/** Reads the request of an {@code http} task. */
final class TaskRequestReader {

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

  private final HttpClientConfig config;
  private final HttpMultipartMode multipartMode;
  private final boolean circuitBreaker;
  private final List<Reach> reaches;

  /** Where an authentication goes with the request. */
  private record Reach(List<CredentialScope> hosts, String authentication) {
    static Reach of(HostAuthentication setting) {
      return new Reach(CredentialScope.parse(setting.hosts()), setting.authentication());
    }

    boolean contains(URI url) {
      return hosts.stream().anyMatch(each -> each.contains(url));
    }
  }

  TaskRequestReader(HttpTaskSettings settings, HttpClientConfig config) {
    this.config = config;
    multipartMode = TaskBody.mode(HttpTaskMultipart.mode(config));
    circuitBreaker = settings.circuitBreaker();
    reaches = settings.authentications().stream().map(Reach::of).toList();
  }

  /**
   * The request.
   *
   * @throws FlowableException when it cannot be sent
   */
  RestRequest read(HttpRequest task) {
    if (!METHODS.contains(task.getMethod())) {
      throw new FlowableException(
          task.getMethod() + " HTTP method not supported, wanted " + String.join(", ", METHODS));
    }
    URI url = url(task.getUrl());
    List<Header> headers = new ArrayList<>();
    addTo(headers, task.getHttpHeaders());
    addTo(headers, task.getSecureHttpHeaders());
    TaskBody body = TaskBody.of(task, multipartMode);
    if (body != null && !has(headers, HttpHeaders.CONTENT_TYPE)) {
      headers.add(new BasicHeader(HttpHeaders.CONTENT_TYPE, body.contentType()));
    }
    if (!has(headers, HttpHeaders.ACCEPT)) {
      headers.add(new BasicHeader(HttpHeaders.ACCEPT, "*/*")); // in place of that of our own tasks
    }
    return new RestRequest(
        task.getMethod(),
        url,
        headers,
        body == null ? null : body.bytes(),
        timeout(task),
        circuitBreaker,
        has(headers, HttpHeaders.AUTHORIZATION) ? null : authentication(url),
        retry());
  }

  private static URI url(String text) {
    try {
      // As Flowable's client does: a plus sign stands for itself, also in a query.
      return new URI(text.replace(" ", "%20").replace("+", "%2B"));
    } catch (URISyntaxException quotesIt) {
      throw new FlowableException(
          "Invalid requestUrl of an http task: character %d cannot stand in a URL"
              .formatted(quotesIt.getIndex()));
    }
  }

  private static void addTo(
      List<Header> headers, org.flowable.http.common.api.@Nullable HttpHeaders given) {
    if (given != null) {
      given.forEach(
          (name, values) -> values.forEach(value -> headers.add(new BasicHeader(name, value))));
    }
  }

  private static boolean has(List<Header> headers, String name) {
    return headers.stream().anyMatch(each -> each.getName().equalsIgnoreCase(name));
  }

  /** A deadline, where Flowable's client has an inactivity time. */
  private Duration timeout(HttpRequest task) {
    long millis = task.getTimeout() == 0 ? config.getSocketTimeout() : task.getTimeout();
    Duration timeout = Duration.ofMillis(millis);
    return millis <= 0 || timeout.compareTo(HttpSettings.MAX_TIMEOUT) > 0
        ? HttpSettings.MAX_TIMEOUT
        : timeout;
  }

  private @Nullable String authentication(URI url) {
    return reaches.stream()
        .filter(each -> each.contains(url))
        .map(Reach::authentication)
        .findFirst()
        .orElse(null);
  }

  private RetrySettings retry() {
    int attempts =
        Math.max(1, Math.min(config.getRequestRetryLimit() + 1, RetrySettings.MAX_ATTEMPTS));
    return RetrySettings.defaults().withMaxAttempts(attempts).withBackoff(Duration.ZERO);
  }
}
