package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParsedOnceTest {

  private final ParsedOnce<String> literals = new ParsedOnce<>();
  private final List<String> parsed = new ArrayList<>();

  private String parse(String literal) {
    parsed.add(literal);
    return "parsed " + literal;
  }

  @Test
  void whenLiteralIsAskedForAgainThenItIsNotParsedAgain() throws Exception {
    assertThat(literals.get("a", this::parse)).isEqualTo("parsed a");
    assertThat(literals.get("b", this::parse)).isEqualTo("parsed b");
    assertThat(literals.get("a", this::parse)).isEqualTo("parsed a");
    assertThat(parsed).containsExactly("a", "b");
  }

  @Test
  void whenLiteralIsRefusedThenItIsRefusedAgain() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  literals.get(
                      "a",
                      literal -> {
                        throw new InvalidInputException("refused");
                      }))
          .isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void whenThereAreMoreLiteralsThanModelsHaveThenSomeAreForgotten() throws Exception {
    literals.get("a", this::parse);
    for (int i = 0; i < 2000; i++) {
      assertThat(literals.get("b" + i, this::parse)).isEqualTo("parsed b" + i);
    }
    parsed.clear();
    assertThat(literals.get("a", this::parse)).isEqualTo("parsed a");
    assertThat(parsed).containsExactly("a");
  }

  @Test
  void whenLiteralIsLongThenItIsNotKept() throws Exception {
    String literal = "a".repeat(5000);
    literals.get(literal, this::parse);
    literals.get(literal, this::parse);
    assertThat(parsed).hasSize(2);
  }
}
