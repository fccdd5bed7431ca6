package io.restconnector.webhook.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Triggers;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For what of a request a trigger fires. */
class WantedScopesTest {

  private static WantedScopes of(String properties, String body) throws Exception {
    return of(properties, Triggers.request(JsonText.parse(body)));
  }

  private static WantedScopes of(String properties, RequestScope request) throws Exception {
    return WantedScopes.of(
        Triggers.read(properties + ", " + Triggers.NONE), request, new Conditions());
  }

  private static List<@Nullable Object> items(WantedScopes wanted) {
    return wanted.scopes().stream().map(each -> each.part("item")).toList();
  }

  @Test
  void whenATriggerFiresForAllOfTheRequestThenThereIsItsOneScope() throws Exception {
    RequestScope request = Triggers.request(JsonText.parse("{\"n\": 1}"));

    WantedScopes wanted = of("'condition': '${body.n == 1}'", request);

    assertThat(wanted.scopes()).containsExactly(request);
    assertThat(wanted.problem()).isNull();
    assertThat(wanted.unread()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "'each': '${body}'                                         | [1, 2, 3] | 1 2 3 | -",
        "'each': '${body}', 'condition': '${item > 1}'             | [1, 2, 3] | 2 3   | -",
        "'each': '${body}', 'condition': '${item > 3}'             | [1, 2, 3] | ``    | the condition is false",
        "'each': '${body}', 'condition': '${item}'                 | [1, 2, 3] | ``    | the condition gives a value that is neither true nor false",
        "'each': '${body}', 'condition': '${item > 3}'             | []        | ``    | -",
        "'each': '${body}'                                         | {}        | ``    | each gives no list",
        "'each': '${body.a}'                                       | {}        | ``    | each gives no list",
        "'each': '${json:parse(params.payload).n}'                 | {}        | ``    | each gives no list",
        "'each': '${body}', 'condition': '${body[0] == 1}'         | [1, 2]    | 1 2   | -"
      })
  void whenATriggerFiresForElementsThenForThoseThatSatisfyTheCondition(
      String properties, String body, String items, @Nullable String problem) throws Exception {
    WantedScopes wanted = of(properties, body);

    assertThat(String.join(" ", items(wanted).stream().map(String::valueOf).toList()))
        .isEqualTo(items);
    assertThat(wanted.problem()).isEqualTo(problem);
  }

  @Test
  void whenThereIsNoListThenTheRefusalOfTheRequestIsKept() throws Exception {
    assertThat(Objects.requireNonNull(of("'each': '${body}'", "5").unread()))
        .hasMessage("each of trigger k gives no list in this request.");
    assertThat(of("'each': '${body}'", "[]").unread()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"{\"]            | true  | 0",
        "[\"{\", \"0\"]     | true  | 0",
        "[\"0\", \"{\"]     | true  | 0",
        "[\"0\"]            | false | 0",
        "[\"{\", \"1\"]     | false | 1"
      })
  void whenTheConditionCannotReadAnElementThenThatCountsOnlyWhereNoOtherIsWanted(
      String body, boolean isUnread, int wanted) throws Exception {
    WantedScopes scopes = of("'each': '${body}', 'condition': '${json:parse(item) == 1}'", body);

    assertThat(scopes.scopes()).hasSize(wanted);
    assertThat(scopes.unread() != null).isEqualTo(isUnread);
    assertThat(scopes.problem() == null).isEqualTo(wanted == 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_001, 1_500})
  void whenTheListIsTooLongThenItIsGivenUpAtOnceAndNoConditionIsEvaluated(int length)
      throws Exception {
    String body = "[" + "0,".repeat(length - 1) + "0]";

    WantedScopes wanted = of("'each': '${body}', 'condition': '${item == 1}'", body);

    assertThat(wanted.scopes()).hasSize(length > 1_000 ? 1_001 : 0);
    assertThat(wanted.problem()).isEqualTo(length > 1_000 ? null : "the condition is false");
  }
}
