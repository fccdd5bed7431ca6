package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.content.internal.ModelText.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ModelTextTest {

  /** With expressions in angle brackets. */
  private static String parts(String text) {
    return ModelText.parse(text).parts().stream()
        .map(part -> part.isExpression() ? "<" + part.text() + ">" : part.text())
        .collect(Collectors.joining("|"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a;                    a",
        "``;                   ``",
        "${a};                 <${a}>",
        "a${b}c#{d};           a|<${b}>|c|<#{d}>",
        "${a}${b};             <${a}>|<${b}>",
        "\\${a}b;              ${a}b",
        "a\\#{b}${c};          a#{b}|<${c}>",
        "$ # {} $a;            $ # {} $a",
        "${a ? '}' : \"}\"}b;  <${a ? '}' : \"}\"}>|b",
        "${'it\\'s }'}b;       <${'it\\'s }'}>|b",
        "${'\"}'}b;            <${'\"}'}>|b",
        "${a;                  <${a>",
        "${'a};                <${'a}>",
        "${'a\\;               <${'a\\>",
      })
  void whenTextIsParsedThenItIsSplitWhereTheEngineSplitsIt(String text, String parts) {
    assertThat(parts(text)).isEqualTo(parts);
  }

  @ParameterizedTest
  @CsvSource({
    "a, false, false, false",
    "${a}, true, true, false",
    "a${b}, true, false, false",
    "${a}${b}, true, false, false",
    "${a}x#{b}, true, false, true",
    "#{a}x#{b}, true, false, false"
  })
  void whenTextHasExpressionsThenItSaysOfWhatKind(
      String text, boolean hasExpressions, boolean isOne, boolean isMixed) {
    ModelText model = ModelText.parse(text);

    assertThat(model.hasExpressions()).isEqualTo(hasExpressions);
    assertThat(model.isOneExpression()).isEqualTo(isOne);
    assertThat(model.isMixed()).isEqualTo(isMixed);
  }

  private enum Color {
    RED {
      @Override
      public String toString() {
        return "another text";
      }
    }
  }

  @Test
  void whenTextIsFilledThenEachValueIsTextAsTheEngineWritesIt() {
    Map<String, Object> values =
        Map.of(
            "${n}",
            new BigDecimal("1E+2"),
            "${d}",
            2.5e7,
            "${node}",
            JsonMapper.shared().readTree("2.5E7"),
            "${bytes}",
            new byte[] {0, -1},
            "${color}",
            Color.RED,
            "${list}",
            List.of(1));

    assertThat(
            ModelText.parse("x${n},${d},${node},${bytes},${color},${list},${none}")
                .evaluate(values::get))
        .isEqualTo("x100,25000000,25000000,AP8=,RED,[1],");
    assertThat(ModelText.parse("${n}").evaluate(values::get)).isEqualTo(new BigDecimal("1E+2"));
    assertThat(ModelText.parse("a${n}").fill(values::get))
        .containsExactly(new Part("a", false), new Part("100", true));
  }

  @Test
  void whenTextCannotBeFilledThenThatIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelText.parse("${a}#{b}").fill(text -> 1))
        .withMessage("text that mixes ${ and #{");
    List<Object> endless = new ArrayList<>();
    endless.add(List.of(endless));
    endless.add(endless);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelText.parse("x${a}").fill(text -> endless))
        .withMessage("a value that contains itself");
  }

  @Test
  void whenPartsAreJoinedThenTheyAreOneText() {
    assertThat(ModelText.join(List.of())).isEmpty();
    assertThat(ModelText.join(List.of(new Part("a", true)))).isEqualTo("a");
    assertThat(ModelText.join(List.of(new Part("a", false), new Part("b", true)))).isEqualTo("ab");
  }
}
