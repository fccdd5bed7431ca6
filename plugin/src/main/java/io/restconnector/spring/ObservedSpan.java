package io.restconnector.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.internal.WebhookOutcomeTag;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observation as the rooms of the connector know it. A tracer that fails does not fail what is
 * observed.
 */
final class ObservedSpan implements Tracing.Span {

  private static final Logger LOG = LoggerFactory.getLogger(ObservedSpan.class);

  private final ObservationRegistry registry;
  private final Observation observation;
  private final Supplier<@Nullable String> context;
  private final AtomicBoolean isEnded = new AtomicBoolean();

  /** What a tracer is told of a failure: its kind, and nothing of its message. */
  static final class ObservedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ObservedException(String kind) {
      super(kind, null, false, false);
    }
  }

  /**
   * Starts the observation.
   *
   * @param context gives {@link #context}
   */
  ObservedSpan(
      ObservationRegistry registry, Observation observation, Supplier<@Nullable String> context) {
    this.registry = registry;
    this.observation = observation;
    this.context = context;
    guard(observation::start);
  }

  private static void guard(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failed) {
      tell(failed);
    }
  }

  private static void tell(RuntimeException failed) {
    LOG.debug("An observer has failed, and the work goes on", LoggedFailure.of(failed));
  }

  @Override
  public Tracing.Scope open() {
    Observation.Scope before = registry.getCurrentObservationScope();
    Observation.Scope scope;
    try {
      scope = observation.openScope();
    } catch (RuntimeException failed) {
      tell(failed);
      close(registry.getCurrentObservationScope(), before);
      return Tracing.OFF_SPAN.open();
    }
    return () -> close(scope, before);
  }

  private void close(Observation.@Nullable Scope scope, Observation.@Nullable Scope before) {
    if (scope != null && scope != before) {
      guard(scope::close);
    }
    registry.setCurrentObservationScope(before); // which one that fails to close does not do
  }

  @Override
  public @Nullable String context() {
    return context.get();
  }

  @Override
  public void set(String attribute, @Nullable String value) {
    if (value == null) {
      return;
    }
    if (attribute.equals("outcome")) {
      outcome(WebhookOutcomeTag.of(WebhookOutcome.Kind.valueOf(value)));
      return;
    }
    observation.highCardinalityKeyValue(attribute, value);
    if (attribute.equals("http.route")) {
      observation.contextualName(observation.getContext().getContextualName() + " " + value);
    }
  }

  /** One of few values: meters take it for a tag. */
  void outcome(String value) {
    observation.lowCardinalityKeyValue("outcome", value);
  }

  @Override
  public void end(@Nullable String error) {
    end(() -> error);
  }

  /** The same; the error is asked for only where this is the first end. */
  void end(Supplier<@Nullable String> error) {
    if (!isEnded.compareAndSet(false, true)) {
      return;
    }
    String kind = error.get();
    if (kind != null) {
      set("error.type", kind);
      guard(() -> observation.error(new ObservedException(kind)));
    }
    guard(observation::stop);
  }
}
