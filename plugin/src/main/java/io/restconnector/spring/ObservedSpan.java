package io.restconnector.spring;

import io.micrometer.observation.Observation;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.WebhookOutcome;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An observation as the rooms of the connector know it. */
record ObservedSpan(Observation observation, @Nullable String context, AtomicBoolean isEnded)
    implements Tracing.Span {

  /** What a tracer is told of a failure: its kind, and nothing of its message. */
  static final class ObservedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ObservedException(String kind) {
      super(kind, null, false, false);
    }
  }

  ObservedSpan(Observation observation, @Nullable String context) {
    this(observation, context, new AtomicBoolean());
  }

  @Override
  public Tracing.Scope open() {
    return observation.openScope()::close;
  }

  @Override
  public void set(String attribute, @Nullable String value) {
    if (value == null) {
      return;
    }
    if (attribute.equals("outcome")) {
      observation.lowCardinalityKeyValue(
          attribute, RestConnectorMeters.tag(WebhookOutcome.Kind.valueOf(value)));
      return;
    }
    observation.highCardinalityKeyValue(attribute, value);
    if (attribute.equals("http.route")) {
      observation.contextualName(observation.getContext().getContextualName() + " " + value);
    }
  }

  @Override
  public void end(@Nullable String error) {
    if (isEnded.compareAndSet(false, true)) {
      end(observation, error);
    }
  }

  static void end(Observation observation, @Nullable String error) {
    if (error != null) {
      observation.highCardinalityKeyValue("error.type", error);
      observation.error(new ObservedException(error));
    }
    observation.stop();
  }
}
