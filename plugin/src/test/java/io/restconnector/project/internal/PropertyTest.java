package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.MissingNode;

class PropertyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "integer | ''   | false",
        "integer | ' '  | false",
        "integer | '5'  | true",
        "integer | 0    | true",
        "string  | ''   | true",
        "String  | ' '  | true",
        "string  | null | false",
        "json    | {}   | true",
      })
  void whenAModelerSavesAnEmptyTextThenOnlyAStringHasIt(
      String type, String value, boolean hasDefault) {
    assertThat(new Property("a", type, json(value)).hasDefault()).isEqualTo(hasDefault);
  }

  @Test
  void whenThereIsNoValueThenItIsNull() {
    Property property = new Property("a", "string", MissingNode.getInstance());

    assertThat(property.hasDefault()).isFalse();
    assertThat(property.value().isNull()).isTrue();
  }
}
