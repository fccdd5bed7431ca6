package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.Inputs.Input;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollInputTest {

  private static final Map<String, Object> VALUES =
      Map.of("${seven}", 7, "${text}", "8", "${zero}", 0, "${decimal}", 1.5, "${map}", Map.of());

  private static Input template(String json) {
    return new Input(json.replace('\'', '"'), VALUES::get);
  }

  private static @Nullable Poll read(String json) throws InvalidInputException {
    return PollInput.read(template(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        // poll                                    | until   | every    | from               | max
        "{}                                         | -       | 5000     | location           | 1000",
        "{'until':null,'from':null,'max':null}      | -       | 5000     | location           | 1000",
        "{'until':' ${a} ','every':1,'max':1}       | ${a}    | 1        | location           | 1",
        "{'every':'${seven}','max':'${text}'}       | -       | 7        | location           | 8",
        "{'every':'20','max':'+9'}                  | -       | 20       | location           | 9",
        "{'every':86400000,'max':1000000}           | -       | 86400000 | location           | 1000000",
        "{'from':'operation-location'}              | -       | 5000     | operation-location | 1000",
        "{'from':' #{a} '}                          | -       | 5000     | #{a}               | 1000",
        "{'every':'${none}'}                        | -       | 5000     | location           | 1000",
      })
  void whenAFieldIsReadThenWhatItDoesNotSayIsDefault(
      String json, @Nullable String until, long every, String from, int max) throws Exception {
    assertThat(read(json)).isEqualTo(new Poll(until, Duration.ofMillis(every), from, max));
  }

  @Test
  void whenTheFieldIsJsonNullThenThereIsNoPoll() throws Exception {
    assertThat(read("null")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                          | poll is a JSON ARRAY, wanted a JSON map",
        "no JSON                     | poll is a String that holds no JSON",
        "{'evry':1}                  | poll is a JSON map with the unknown property evry, wanted every",
        "{'until':'done'}            | poll.until is no expression, wanted one that gives a Boolean",
        "{'until':'a ${b}'}          | poll.until is no expression, wanted one that gives a Boolean",
        "{'until':true}              | poll.until is no expression, wanted one that gives a Boolean",
        "{'from':'retry-after'}      | poll.from is something else, wanted 'location'",
        "{'from':'a${b}'}            | poll.from is something else, wanted 'location'",
        "{'from':5}                  | poll.from is something else, wanted 'location'",
        "{'every':0}                 | poll.every is an Integer out of range, wanted 1 to 86400000",
        "{'every':86400001}          | poll.every is an Integer out of range, wanted 1 to 86400000",
        "{'every':'${zero}'}         | poll.every is an Integer out of range, wanted 1 to 86400000",
        "{'max':1000001}             | poll.max is an Integer out of range, wanted 1 to 1000000",
        "{'max':'${decimal}'}        | poll.max is a java.lang.Double, wanted an Integer",
        "{'max':'x'}                 | poll.max is a String that holds no integer, wanted an Integer",
        "{'max':'${a} #{b}'}         | poll.max is text that mixes ${ and #{",
        "{'max':[1]}                 | poll.max is a ",
      })
  void whenAFieldCannotBeUsedThenItsPropertyIsNamed(String json, String said) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(json))
        .withMessageStartingWith(said);
  }

  @Test
  void whenTheFieldIsDataThenNothingInItIsEvaluatedAndNoNameIsRepeated() throws Exception {
    Poll poll = PollInput.read(Input.ofTask(Map.of("every", 3, "from", "location")));
    assertThat(poll).isEqualTo(new Poll(null, Duration.ofMillis(3), "location", 1000));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PollInput.read(Input.ofTask(Map.of("until", "${a}"))))
        .withMessageStartingWith("poll.until is no expression of the model, wanted one");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PollInput.read(Input.ofTask(Map.of("max", "${seven}"))))
        .withMessageContaining("holds no integer");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PollInput.read(Input.ofTask(Map.of("secret", 1))))
        .withMessage(
            "poll is a JSON map with an unknown property, wanted until, every, from, max; it came from the field poll");
  }

  @Test
  void whenTheFieldIsNoMapThenItIsSaidWhereItCameFrom() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read("5"))
        .withMessageEndingWith("; it came from the field poll");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "poll={\"every\":\"${a}\",\"until\":\"${b}\"}  | -",
        "poll:=${a}                               | -",
        "timeout=1                                | -",
        "poll={\"max\":0}                           | poll.max is an Integer out of range, wanted 1 to 1000000",
        "poll=5                                   | poll is a JSON NUMBER, wanted a JSON map; it came from the field poll",
      })
  void whenATaskIsDeployedThenWhatIsKnownIsChecked(String task, @Nullable String said) {
    assertThat(PollInput.refusal(TestTasks.inputs(TestTasks.ofText(task)))).isEqualTo(said);
  }
}
