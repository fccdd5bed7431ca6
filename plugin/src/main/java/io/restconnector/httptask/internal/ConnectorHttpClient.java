package io.restconnector.httptask.internal;

import io.restconnector.call.internal.ExecutingEngine;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.httptask.HttpTaskSettings;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.flowable.bpmn.model.HttpServiceTask;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.http.common.api.HttpRequest;
import org.flowable.http.common.api.HttpResponse;
import org.flowable.http.common.api.client.AsyncExecutableHttpRequest;
import org.flowable.http.common.api.client.FlowableAsyncHttpClient;
import org.flowable.http.common.impl.HttpClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Flowable's {@code http} tasks send their requests with: all that their fields promise stays
 * Flowable's, and the connector's client sends.
 */
public final class ConnectorHttpClient implements FlowableAsyncHttpClient {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorHttpClient.class);

  private final TaskRequestReader reader;
  private final Supplier<@Nullable RestCalls> calls;

  /**
   * @param calls null as long as the engine is not built
   */
  public ConnectorHttpClient(
      HttpTaskSettings settings, HttpClientConfig config, Supplier<@Nullable RestCalls> calls) {
    reader = new TaskRequestReader(settings, config);
    this.calls = calls;
    if (config.isDisableCertVerify()) {
      LOG.warn(
          "disableCertVerify does not count for http tasks over the REST connector: name the trusted certificates in an SSL bundle, rest-connector.ssl-bundle");
    }
  }

  @Override
  public AsyncExecutableHttpRequest prepareRequest(HttpRequest task) {
    RestCalls started = calls.get();
    if (started == null) {
      throw new FlowableException("The REST connector is not started: the engine is not built yet");
    }
    RestRequest read = reader.read(task);
    CallSource source = ExecutingEngine.sourceOfOnly(HttpServiceTask.class);
    RestRequest request = source == null ? read : read.from(source);
    return () -> {
      CompletableFuture<HttpResponse> response = new CompletableFuture<>();
      if (!isHttp(request.uri())) {
        // Not before: a task may ignore what fails from here on.
        response.completeExceptionally(
            new FlowableException("requestUrl of an http task is no absolute http or https URL"));
        return response;
      }
      started
          .client()
          .send(request, !task.isNoRedirects())
          .thenAccept(
              outcome -> complete(response, request, outcome, started.client().redactions()::url));
      return response;
    };
  }

  private static boolean isHttp(URI url) {
    return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
        && url.getRawAuthority() != null;
  }

  /** The failure as it is: the engine compares types, and one that is wrapped has another. */
  private static void complete(
      CompletableFuture<HttpResponse> response,
      RestRequest request,
      CallOutcome outcome,
      UnaryOperator<String> shown) {
    try {
      response.complete(TaskResponse.of(request, outcome, shown));
    } catch (IOException | RuntimeException | Error failed) {
      response.completeExceptionally(failed);
    }
  }
}
