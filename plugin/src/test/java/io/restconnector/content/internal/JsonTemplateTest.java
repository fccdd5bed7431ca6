package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTemplateTest {

  private static final Map<String, Object> VALUES =
      Map.of(
          "${n}",
          new BigDecimal("1.50"),
          "${q}",
          "a\",\"b\":\"${n}",
          "${list}",
          List.of(1, "x"),
          "${bytes}",
          new byte[] {0, -1},
          "${bean}",
          new Object(),
          "#{n}",
          7);

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'${n}'                    | 1.50",
        "'a ${n}'                  | 'a 1.50'",
        "['${none}','x${none}']    | [null,'x']",
        "{'${n}':'${n}'}           | {'${n}':1.50}",
        "{'a':['${list}']}         | {'a':[[1,'x']]}",
        "'${bytes}'                | 'AP8='",
        "'a${bytes}'               | 'aAP8='",
        "'#{n}'                    | '#{n}'",
        "'\\\\${n}'                | '${n}'",
        "[1,true,null,'',{},[]]    | [1,true,null,'',{},[]]",
      })
  void whenATemplateIsEvaluatedThenALeafThatIsOneExpressionKeepsTheTypeOfItsValue(
      String template, String result) {
    assertThat(JsonTemplate.evaluate(json(template), VALUES::get).toString().replace('"', '\''))
        .isEqualTo(result);
  }

  @Test
  void whenAValueHoldsQuotesAndExpressionsThenItStaysInItsPlace() {
    assertThat(JsonTemplate.evaluate(json("{'a':'${q}'}"), VALUES::get).properties())
        .singleElement()
        .satisfies(each -> assertThat(each.getValue().stringValue()).isEqualTo("a\",\"b\":\"${n}"));
  }

  @Test
  void whenATemplateIsEvaluatedThenItStaysAsItIs() {
    JsonNode template = json("{'a':['${n}',{}]}");
    JsonTemplate.evaluate(template, VALUES::get);

    assertThat(template).isEqualTo(json("{'a':['${n}',{}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':[1,'${bean}']} | a java.lang.Object at /a/1",
        "['${n} #{n}']       | text that mixes ${ and #{ at /0",
      })
  void whenAValueHasNoJsonFormThenItsPlaceIsSaid(String template, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonTemplate.evaluate(json(template), VALUES::get))
        .withMessage(said);
  }

  @Test
  void whenLeavesAreVisitedThenThoseWithExpressionsAreInTheirOrder() {
    List<String> seen = new ArrayList<>();
    JsonTemplate.forEachLeaf(
        json("{'a':'${b}','c':[1,'d','e${f}'],'${g}':'#{h}','i':{'j':'${k}'}}"),
        leaf -> seen.add(ModelText.join(leaf.parts())));

    assertThat(seen).containsExactly("${b}", "e${f}", "${k}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"'a${b}', true", "'#{b}', false", "'a', false", "5, false", "['${b}'], false"})
  void whenALeafIsAStringWithAnExpressionThenItIsOne(String leaf, boolean isExpression) {
    assertThat(JsonTemplate.isExpression(json(leaf))).isEqualTo(isExpression);
  }
}
