package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.content.internal.JsonText;
import java.util.Map;
import org.flowable.common.engine.api.variable.VariableContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which expressions look for what a response does not have. */
class ResponsePathTest {

  private static final OutputVariables OUTPUTS =
      new OutputVariables(
          Map.of(
              "restResult",
              JsonText.parse("{\"items\":[{\"name\":null}],\"a-b\":{\"c d\":1}}"),
              "restResponseHeaders",
              JsonText.parse("{\"etag\":\"1\"}")),
          VariableContainer.empty());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${restResult.items[0].name} | false", // JSON null is there
        "${restResult.items[1].name} | true",
        "${restResult.item} | true",
        "${ restResult . items [ 0 ] } | false",
        "${restResult['a-b'][\"c d\"]} | false",
        "${restResult['a-b'].cd} | true",
        "${restResult.items[0].name.first} | true",
        "${restResponseHeaders.etag} | false",
        "${restResponseHeaders['x-count']} | true",
        "${restResult} | false",
        "${restStatus.x} | false",
        "${restResult.item.asText()} | false",
        "${restResult.item == 1} | false",
        "prefix ${restResult.item} | false",
        "${execution.item} | false"
      })
  void whenAPathLeadsNowhereThenTheResponseLacksIt(String expression, boolean isLacking) {
    assertThat(ResponsePath.isLacking(expression, OUTPUTS)).isEqualTo(isLacking);
  }
}
