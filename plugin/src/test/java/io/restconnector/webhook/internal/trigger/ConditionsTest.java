package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.fixtures.LoggedEvents;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import io.restconnector.webhook.internal.request.RefusedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a request satisfies the condition of a trigger. */
class ConditionsTest {

  private static final RequestScope REQUEST =
      Triggers.request(Triggers.tree("'n': 5, 'text': 'secret', 'none': null"));

  private final Conditions conditions = new Conditions();

  private static Trigger trigger(String condition) throws InvalidTriggerException {
    return Triggers.read(
        Triggers.expressions(Map.of("bean", new FailingBean())),
        "t",
        "'key': 'k', 'path': 'a', 'condition': '%s', %s".formatted(condition, Triggers.NONE));
  }

  @Test
  void whenThereIsNoConditionThenEveryRequestMatches() throws Exception {
    assertThat(conditions.problem(Triggers.read(Triggers.NONE), REQUEST)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "${body.n == 5}        | -",
        "${body.n > 5}         | the condition is false",
        "${body.none}          | the condition gives no value",
        "${body.text}          | the condition gives a value that is neither true nor false",
        "${body.n}             | the condition gives a value that is neither true nor false",
        "${body.text > 1}      | the condition fails: it does not suit what the request holds",
        "${bean.fail()}        | the condition fails: a bean that it calls has failed"
      })
  void whenTheConditionIsNotTrueThenTheReasonHoldsNoValueOfTheRequest(
      String condition, @Nullable String problem) throws Exception {
    assertThat(conditions.problem(trigger(condition), REQUEST)).isEqualTo(problem);
  }

  @Test
  void whenTheRequestLacksWhatAFunctionNeedsThenItIsRefused() throws Exception {
    Trigger trigger = trigger("${json:parse(body.text).n == 1}");

    assertThatThrownBy(() -> conditions.problem(trigger, REQUEST))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("json:parse");
  }

  @Test
  void whenAConditionFailsAgainThenThatIsLoggedOnceForEachDeployedVersion() throws Exception {
    Trigger deployed = trigger("${bean.fail()}");
    Trigger again = trigger("${bean.fail()}");
    try (LoggedEvents log = LoggedEvents.of(Conditions.class)) {
      conditions.problem(deployed, REQUEST);
      conditions.problem(deployed, REQUEST);
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("The condition of webhook trigger k fails with ")
          .doesNotContain("fault of the application");

      conditions.problem(again, REQUEST);
      conditions.problem(again, REQUEST);
      assertThat(log.messages()).hasSize(2);
    }
  }
}
