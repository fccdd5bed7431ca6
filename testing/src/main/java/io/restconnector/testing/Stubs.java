package io.restconnector.testing;

import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.NameValuePair;
import org.jspecify.annotations.Nullable;

/** The stubs of one test, and what was asked in it. Safe for use by many threads. */
final class Stubs {

  private static final int SHOWN_BODY = 2000;

  private static final CallOutcome NO_ANSWER =
      new CallOutcome.Failed("has no answer in its test", new IllegalStateException("no stub"));

  private final Map<String, StubbedTask> tasks = new LinkedHashMap<>();
  private final List<RecordedCall> calls = new ArrayList<>();
  private final List<AssertionError> faults = new ArrayList<>();

  private final Set<String> failedInstances = new HashSet<>();

  /** The engine retries their jobs: those calls are none of the tests that follow. */
  private final Set<String> instancesOfEarlierTests = new HashSet<>();

  synchronized StubbedTask on(String activityId) {
    return tasks.computeIfAbsent(activityId, StubbedTask::new);
  }

  synchronized List<RecordedCall> calls() {
    return List.copyOf(calls);
  }

  synchronized List<String> uncalled() {
    return tasks.values().stream().map(StubbedTask::rest).filter(Objects::nonNull).toList();
  }

  /** What the test must fail with, null for nothing; it is returned once. */
  synchronized @Nullable AssertionError takeFault() {
    if (faults.isEmpty()) {
      return null;
    }
    AssertionError all =
        faults.size() == 1
            ? faults.get(0)
            : new AssertionError(
                faults.stream().map(Throwable::getMessage).collect(Collectors.joining("\n\n")),
                faults.get(0));
    faults.clear();
    return all;
  }

  synchronized void reset() {
    tasks.clear();
    calls.clear();
    instancesOfEarlierTests.addAll(failedInstances);
    failedInstances.clear();
  }

  private synchronized boolean isOfEarlierTest(@Nullable CallSource source) {
    return source != null && instancesOfEarlierTests.contains(source.processInstanceId());
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
    if (source != null && !isOfEarlierTest(source)) {
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

  private CallOutcome answer(RestRequest request, @Nullable CallSource source) {
    if (isOfEarlierTest(source)) {
      return NO_ANSWER;
    }
    String activity = source == null ? null : source.activityId();
    StubbedTask task = activity == null ? null : on(activity);
    Answer answer = task == null ? null : task.next();
    if (answer == null) {
      String problem = task == null ? "cannot be stubbed" : task.problem();
      return failed(source, new AssertionError(described(request, source, problem)));
    }
    try {
      // Without a lock: an answer may wait for another call, or read the calls.
      return Objects.requireNonNull(answer.to(request), "the answer is null");
    } catch (RuntimeException | AssertionError thrown) {
      return failed(
          source,
          new AssertionError(
              described(request, source, "has an answer that fails: " + thrown), thrown));
    }
  }

  private synchronized CallOutcome failed(@Nullable CallSource source, AssertionError fault) {
    faults.add(fault);
    if (source != null) {
      failedInstances.add(source.processInstanceId());
    }
    return NO_ANSWER;
  }

  private static String described(
      RestRequest request, @Nullable CallSource source, String problem) {
    return "%s %s of %s %s\n%s"
        .formatted(
            request.method(),
            request.uri(),
            source == null
                ? "no task"
                : "task '%s' in process '%s'"
                    .formatted(source.activityId(), source.processDefinitionKey()),
            problem,
            content(request));
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
