package io.restconnector.testing;

import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.NameValuePair;
import org.jspecify.annotations.Nullable;

/** The stubs of one test, and what was asked in it. Safe for use by many threads. */
final class Stubs {

  private static final int SHOWN_BODY = 2000;

  private final Map<String, StubbedTask> tasks = new LinkedHashMap<>();
  private final List<RecordedCall> calls = new ArrayList<>();
  private final List<String> unstubbed = new ArrayList<>();

  synchronized StubbedTask on(String activityId) {
    return tasks.computeIfAbsent(activityId, StubbedTask::new);
  }

  synchronized List<RecordedCall> calls() {
    return List.copyOf(calls);
  }

  synchronized List<String> uncalled() {
    return tasks.values().stream().map(StubbedTask::rest).filter(Objects::nonNull).toList();
  }

  /** Forgets all, and gives the calls that nobody stubbed. */
  synchronized List<String> reset() {
    List<String> told = List.copyOf(unstubbed);
    tasks.clear();
    calls.clear();
    unstubbed.clear();
    return told;
  }

  /** Both belong to a connector: one without the other opens connections. */
  List<CallInterceptor> interceptors() {
    return List.of(
        new CallInterceptor() {
          @Override
          public CompletableFuture<CallOutcome> intercept(Chain chain) {
            return chain.proceed(recorded(chain.request(), chain.source()));
          }
        },
        new CallInterceptor() {
          @Override
          public Around around() {
            return Around.ATTEMPT;
          }

          @Override
          public CompletableFuture<CallOutcome> intercept(Chain chain) {
            return CompletableFuture.completedFuture(answer(chain.request(), chain.source()));
          }
        });
  }

  /**
   * Without what a test must not wait for or keep: a token that is fetched, a circuit breaker that
   * other tests share, a wait between attempts.
   */
  @SuppressWarnings("NullAway") // a request may have no body
  private synchronized RestRequest recorded(RestRequest request, @Nullable CallSource source) {
    if (source != null) {
      calls.add(new RecordedCall(source, request));
    }
    RetrySettings retry = request.retry();
    return new RestRequest(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        request.timeout(),
        false,
        null,
        retry.withBackoff(Duration.ZERO),
        request.source());
  }

  private synchronized CallOutcome answer(RestRequest request, @Nullable CallSource source) {
    String activity = source == null ? null : source.activityId();
    StubbedTask task = activity == null ? null : on(activity);
    Answer answer = task == null ? null : task.next();
    if (answer != null) {
      return answer.to(request);
    }
    unstubbed.add(
        "%s %s of %s %s\n%s"
            .formatted(
                request.method(),
                request.uri(),
                source == null
                    ? "no task"
                    : "task '%s' in process '%s'"
                        .formatted(activity, source.processDefinitionKey()),
                task == null ? "cannot be stubbed" : task.problem(),
                content(request)));
    return new CallOutcome.Failed(
        "is stubbed by no one in this test", new IllegalStateException("no stub"));
  }

  /** The names of headers only: a value may be a credential. */
  private static String content(RestRequest request) {
    List<String> names = request.headers().stream().map(NameValuePair::getName).toList();
    String body = RecordedCall.bodyOf(request);
    return "headers: %s\nbody: %s"
        .formatted(
            String.join(", ", names),
            body.length() > SHOWN_BODY ? body.substring(0, SHOWN_BODY) + "…" : body);
  }
}
