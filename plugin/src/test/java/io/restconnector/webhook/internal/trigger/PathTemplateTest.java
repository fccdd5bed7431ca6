package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of triggers. */
class PathTemplateTest {

  @Test
  void whenAPathHasVariablesThenARequestFillsThem() {
    PathTemplate path = PathTemplate.parse("orders/{id}/items/{item-no}");

    assertThat(path.literals()).containsExactly("orders", null, "items", null);
    assertThat(path.values(List.of("orders", "A 1", "items", "2")))
        .isEqualTo(Map.of("id", "A 1", "item-no", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "a/",
        "a//b",
        ".",
        "a/..",
        "a/{}",
        "a/{1}",
        "{id}/{id}",
        "a{id}",
        "{id}b",
        "a*",
        "a?b",
        "a%2",
        "a%",
        "%zz",
        "%FF",
        "a%00b",
        "%2E%2e",
        ".answers",
        "%2Eanswers/a",
        "a b",
        ":id",
        "a|b",
        "a\\b",
        "[a]",
        "a#b"
      })
  void whenAPathIsNoneThatARequestCouldHaveThenItIsRefused(String path) {
    assertThatThrownBy(() -> PathTemplate.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whenALiteralIsPercentEncodedThenItIsComparedDecodedAndShownAsItIsWritten() {
    PathTemplate path = PathTemplate.parse("my%20shop/%C3%BC+%2f%2A/{id}");

    assertThat(path.literals()).containsExactly("my shop", "ü+/*", null);
    assertThat(path.text()).isEqualTo("my%20shop/%C3%BC+%2f%2A/{id}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%3Aid", "a.b-c_d~e", "a:b", "ü", "a@b", "{_x}", "..."})
  void whenAPathIsUnusualButPossibleThenItIsTaken(String path) {
    assertThat(PathTemplate.parse(path).literals()).hasSize(1);
  }
}
