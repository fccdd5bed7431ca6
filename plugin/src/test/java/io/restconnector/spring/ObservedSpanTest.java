package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.restconnector.internal.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A span as an observation, by a handler that tells what it was told, or fails. */
class ObservedSpanTest {

  private final List<String> told = new ArrayList<>();
  private Set<String> failing = Set.of();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final Observation.Context context = new Observation.Context();

  ObservedSpanTest() {
    registry.observationConfig().observationHandler(new Telling());
  }

  private final class Telling implements ObservationHandler<Observation.Context> {
    private void tell(String step) {
      told.add(step);
      if (failing.contains(step)) {
        throw new IllegalStateException(step);
      }
    }

    @Override
    public void onStart(Observation.Context of) {
      tell("start");
    }

    @Override
    public void onScopeOpened(Observation.Context of) {
      tell("open");
    }

    @Override
    public void onScopeClosed(Observation.Context of) {
      tell("close");
    }

    @Override
    public void onError(Observation.Context of) {
      tell("error");
    }

    @Override
    public void onStop(Observation.Context of) {
      tell("stop");
    }

    @Override
    public boolean supportsContext(Observation.Context of) {
      return true;
    }
  }

  private ObservedSpan span() {
    context.setContextualName("POST");
    return new ObservedSpan(
        registry, Observation.createNotStarted("test", () -> context, registry), () -> "trace");
  }

  @Test
  void whenASpanIsOpenThenItIsThatOfTheThreadUntilItsScopeIsClosed() {
    ObservedSpan span = span();
    Tracing.Scope scope = span.open();
    Observation.Scope current = registry.getCurrentObservationScope();
    assertThat(current).isNotNull();
    Tracing.Scope inner = span.open();
    inner.close();
    assertThat(registry.getCurrentObservationScope()).isSameAs(current);
    scope.close();

    assertThat(registry.getCurrentObservationScope()).isNull();
    assertThat(told).containsExactly("start", "open", "open", "close", "close");
    assertThat(span.context()).isEqualTo("trace");
  }

  @Test
  void whenASpanEndsThenItEndsOnce() {
    ObservedSpan span = span();
    span.end((String) null);
    span.end("late");
    span.end(
        () -> {
          throw new AssertionError("it is asked for at the first end only");
        });

    assertThat(told).containsExactly("start", "stop");
    assertThat(context.getError()).isNull();
  }

  @Test
  void whenItEndsWithAnErrorThenTheTracerKnowsItsKindAndNoStack() {
    span().end("TimedOut");

    assertThat(told).containsExactly("start", "error", "stop");
    assertThat(context.getError()).hasMessage("TimedOut").hasNoCause();
    assertThat(Objects.requireNonNull(context.getError()).getStackTrace()).isEmpty();
    assertThat(context.toString()).contains("highCardinalityKeyValues=[error.type='TimedOut']");
  }

  @Test
  void whenAttributesAreSetThenTheOutcomeIsATagAndTheRouteIsInTheName() {
    ObservedSpan span = span();
    span.set("nothing", null);
    span.set("outcome", null);
    span.set("url.path", "/a/1");
    span.set("http.route", "/a/{id}");
    span.set("outcome", "NOT_MATCHED");

    assertThat(context.toString())
        .contains("lowCardinalityKeyValues=[outcome='NotMatched']")
        .contains("highCardinalityKeyValues=[http.route='/a/{id}', url.path='/a/1']");
    assertThat(context.getContextualName()).isEqualTo("POST /a/{id}");
  }

  /** What is observed goes on, and the thread has no scope that is left over. */
  @ParameterizedTest
  @ValueSource(strings = {"start", "open", "close", "error", "stop"})
  void whenATracerFailsThenTheWorkGoesOn(String step) {
    failing = Set.of(step);
    ObservedSpan span = span();
    assertThat(span.within(() -> "done")).isEqualTo("done");
    span.end("failed");

    assertThat(registry.getCurrentObservationScope()).isNull();
    assertThat(told).contains(step);
  }
}
