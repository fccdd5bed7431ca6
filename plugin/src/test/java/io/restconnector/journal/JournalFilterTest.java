package io.restconnector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition by itself, and of all that are given each. */
class JournalFilterTest {

  private static JournalFilter filter(
      @Nullable String instance,
      @Nullable String activity,
      @Nullable String trigger,
      @Nullable String outcome) {
    return new JournalFilter(instance, activity, trigger, outcome);
  }

  private static CallEntry call(@Nullable String instance, @Nullable String activity) {
    return new CallEntry(
        1,
        Instant.EPOCH,
        Duration.ZERO,
        Duration.ZERO,
        null,
        List.of(),
        0,
        0,
        null,
        null,
        instance,
        activity,
        "restGet",
        "GET",
        null,
        null,
        null,
        404,
        "4xx",
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static RequestEntry request(RequestEntry.Trigger... triggers) {
    return new RequestEntry(
        1,
        Instant.EPOCH,
        Duration.ZERO,
        0,
        "POST",
        "orders",
        null,
        200,
        "Fired",
        null,
        null,
        List.of(triggers),
        null,
        null,
        null,
        false);
  }

  private static RequestEntry.Trigger trigger(String key, String... instances) {
    return new RequestEntry.Trigger(
        key, "", "fired", null, null, null, null, null, Map.of(), List.of(instances), null);
  }

  private static final EarlyEntry EARLY =
      new EarlyEntry(
          1, Instant.EPOCH, 7, "orders", "", "event", "e", Instant.EPOCH, "Kept", List.of("i"));

  @ParameterizedTest
  @CsvSource({
    ", , , , true",
    "i, , , , true",
    "j, , , , false",
    ", a, , , true",
    ", b, , , false",
    ", , t, , false",
    ", , , 4xx, true",
    ", , , 4XX, true",
    ", , , 5xx, false",
    "i, a, , 4xx, true",
    "i, a, , 5xx, false",
    "i, b, , 4xx, false",
    "j, a, , 4xx, false",
  })
  void whenACallFulfilsEachConditionThenItIsWanted(
      @Nullable String instance,
      @Nullable String activity,
      @Nullable String trigger,
      @Nullable String outcome,
      boolean wanted) {
    assertThat(filter(instance, activity, trigger, outcome).matches(call("i", "a")))
        .isEqualTo(wanted);
  }

  @Test
  void whenNoTaskMadeACallThenItIsOfNoInstanceAndNoActivity() {
    assertThat(JournalFilter.all().matches(call(null, null))).isTrue();
    assertThat(JournalFilter.all().withInstance("i").matches(call(null, null))).isFalse();
    assertThat(JournalFilter.all().withActivity("a").matches(call(null, null))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    ", , , , true",
    "second, , , , true",
    "other, , , , false",
    ", a, , , false",
    ", , orders, , true",
    ", , payments, , true",
    ", , other, , false",
    ", , , FIRED, true",
    ", , , NotMatched, false",
    "second, , other, , false",
    "other, , orders, , false",
    "second, , orders, NotMatched, false",
  })
  void whenOneOfTheTriggersOfARequestIsMeantThenItIsWanted(
      @Nullable String instance,
      @Nullable String activity,
      @Nullable String trigger,
      @Nullable String outcome,
      boolean wanted) {
    RequestEntry entry = request(trigger("orders", "first", "second"), trigger("payments"));

    assertThat(filter(instance, activity, trigger, outcome).matches(entry)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    ", , , , true",
    "i, , , , true",
    "j, , , , false",
    ", a, , , false",
    ", , orders, , true",
    ", , payments, , false",
    ", , , kept, true",
    ", , , Expired, false",
    "i, , orders, Expired, false",
    "j, , orders, Kept, false",
  })
  void whenAnEarlyEventFulfilsEachConditionThenItIsWanted(
      @Nullable String instance,
      @Nullable String activity,
      @Nullable String trigger,
      @Nullable String outcome,
      boolean wanted) {
    assertThat(filter(instance, activity, trigger, outcome).matches(EARLY)).isEqualTo(wanted);
  }

  @Test
  void whenConditionsAreAddedThenThoseBeforeStay() {
    assertThat(
            JournalFilter.all()
                .withOutcome("o")
                .withTrigger("t")
                .withActivity("a")
                .withInstance("i")
                .withOutcome("p"))
        .isEqualTo(filter("i", "a", "t", "p"));
  }
}
