package io.restconnector.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.restconnector.http.internal.chain.OutcomeTag;
import io.restconnector.http.internal.chain.SameOriginHeader;
import io.restconnector.http.internal.egress.HostPatterns;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.spi.CallOutcome;
import io.restconnector.spi.CallSource;
import io.restconnector.spi.RestRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/**
 * Each call, each webhook request and each step of an external-worker job as an observation. The
 * attributes are those of OpenTelemetry's conventions for HTTP; what meters take for a tag has few
 * values.
 */
final class RestConnectorObservations implements CallInterceptor, Tracing, Ordered {

  private static final String METHOD = "http.request.method";
  private static final String OUTCOME = "outcome";
  private static final String BAGGAGE = "baggage";

  private final ObservationRegistry registry;
  private volatile UnaryOperator<String> shown = UnaryOperator.identity();

  RestConnectorObservations(ObservationRegistry registry) {
    this.registry = registry;
  }

  /** Within the meters, outside all others: they see the trace in the headers of the request. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  @Override
  public void show(UnaryOperator<String> value) {
    shown = value;
  }

  @Override
  public boolean isOn() {
    return !registry.isNoop();
  }

  @Override
  public CompletableFuture<CallOutcome> intercept(Chain chain) {
    RestRequest request = chain.request();
    if (!isOn()) {
      return chain.proceed(request);
    }
    Map<String, String> trace = new LinkedHashMap<>();
    Observation call = observe("rest.connector.call", request.method(), sender(Kind.CLIENT, trace));
    call.lowCardinalityKeyValue(METHOD, request.method());
    call.lowCardinalityKeyValue(OUTCOME, "Abandoned");
    describe(call, request);
    ObservedSpan span = new ObservedSpan(registry, call, () -> null);
    try {
      CompletableFuture<CallOutcome> observed =
          chain
              .proceed(withTrace(request, trace))
              .whenComplete((outcome, abandoned) -> end(span, outcome));
      // One that is cancelled itself does not look at how the rest of the call ends.
      observed.whenComplete((outcome, abandoned) -> end(span, outcome));
      return observed;
    } catch (RuntimeException | Error failed) {
      end(span, null);
      throw failed;
    }
  }

  private void describe(Observation call, RestRequest request) {
    URI uri = request.uri();
    String host = uri.getHost(); // most have one, and this takes no time
    boolean isPlain = host != null && !host.startsWith("[");
    int port = isPlain ? uri.getPort() : HostPatterns.portOf(uri);
    add(call, "server.address", isPlain ? host : HostPatterns.hostOf(uri));
    add(
        call,
        "server.port",
        String.valueOf(port < 0 ? HostPatterns.defaultPort(uri.getScheme()) : port));
    call.highCardinalityKeyValue("url.full", shown.apply(request.loggedUrl()));
    CallSource source = request.source();
    if (source != null) {
      add(call, "bpmn.process.definition.key", source.processDefinitionKey());
      add(call, "bpmn.process.instance.id", source.processInstanceId());
      add(call, "bpmn.activity.id", source.activityId());
    }
  }

  private static void add(Observation observation, String name, @Nullable String value) {
    if (value != null) {
      observation.highCardinalityKeyValue(name, value);
    }
  }

  /** With the headers of the trace, unless the task sends a trace of its own. */
  private static RestRequest withTrace(RestRequest request, Map<String, String> trace) {
    boolean isOwn =
        trace.keySet().stream().anyMatch(name -> !isBaggage(name) && has(request, name));
    RestRequest traced = request;
    for (Map.Entry<String, String> each : trace.entrySet()) {
      if (isBaggage(each.getKey()) ? !has(request, BAGGAGE) : !isOwn) {
        traced = traced.withHeader(new SameOriginHeader(each.getKey(), each.getValue()));
      }
    }
    return traced;
  }

  private static boolean isBaggage(String header) {
    return header.equalsIgnoreCase(BAGGAGE);
  }

  private static boolean has(RestRequest request, String name) {
    for (Header header : request.headers()) {
      if (header.getName().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static void end(ObservedSpan span, @Nullable CallOutcome outcome) {
    span.end(() -> describe(span, outcome));
  }

  private static @Nullable String describe(ObservedSpan span, @Nullable CallOutcome outcome) {
    CallOutcome last = outcome;
    if (outcome instanceof CallOutcome.RetriesExhausted exhausted) {
      last = exhausted.last();
      span.set("http.request.resend_count", String.valueOf(exhausted.attempts() - 1));
    }
    if (outcome != null) {
      span.outcome(OutcomeTag.of(outcome));
    }
    if (last instanceof CallOutcome.Response response) {
      span.set("http.response.status_code", String.valueOf(response.status()));
    }
    return error(last);
  }

  private static @Nullable String error(@Nullable CallOutcome last) {
    if (last instanceof CallOutcome.Response response) {
      return response.status() < 400 ? null : String.valueOf(response.status());
    }
    return last == null ? "Abandoned" : OutcomeTag.of(last);
  }

  @Override
  public Span job(JobStep step, JobTask task, @Nullable String context) {
    String name = step.name().toLowerCase(Locale.ROOT);
    Map<String, String> trace = TraceText.read(context);
    Observation job =
        observe(
            "rest.connector.job",
            name + " " + task.action(),
            step == JobStep.SEND
                ? sender(Kind.PRODUCER, trace)
                : receiver(Kind.CONSUMER, trace::get));
    job.lowCardinalityKeyValue("action", task.action());
    job.lowCardinalityKeyValue("step", name);
    add(job, "bpmn.process.definition.id", task.processDefinitionId());
    add(job, "bpmn.process.instance.id", task.processInstanceId());
    add(job, "bpmn.activity.id", task.activityId());
    return new ObservedSpan(registry, job, () -> TraceText.write(trace));
  }

  /**
   * Within an observation, such as that of the application's own filter, which has taken the trace
   * of the sender, this is a part of it.
   */
  @Override
  public Span webhook(String method, String path, UnaryOperator<@Nullable String> header) {
    Observation request =
        observe(
            "rest.connector.webhook",
            method,
            registry.getCurrentObservation() == null
                ? receiver(Kind.SERVER, name -> header.apply(name.toLowerCase(Locale.ROOT)))
                : new Observation.Context());
    request.lowCardinalityKeyValue(METHOD, method);
    request.lowCardinalityKeyValue(OUTCOME, "Aborted");
    add(request, "url.path", shown.apply(path));
    return new ObservedSpan(registry, request, () -> null);
  }

  private Observation observe(String name, String spanName, Observation.Context context) {
    return Observation.createNotStarted(name, () -> context, registry).contextualName(spanName);
  }

  private static SenderContext<Map<String, String>> sender(Kind kind, Map<String, String> trace) {
    SenderContext<Map<String, String>> context =
        new SenderContext<>((carrier, name, value) -> trace.put(name, value), kind);
    context.setCarrier(trace);
    return context;
  }

  private static ReceiverContext<UnaryOperator<@Nullable String>> receiver(
      Kind kind, UnaryOperator<@Nullable String> header) {
    ReceiverContext<UnaryOperator<@Nullable String>> context =
        new ReceiverContext<>((carrier, name) -> header.apply(name), kind);
    context.setCarrier(header);
    return context;
  }
}
