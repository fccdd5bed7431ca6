package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CompactNodesTest {

  private static final JsonMapper COMPACT =
      JsonMapper.builder().nodeFactory(new CompactNodes()).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[{},{}]",
        "{\"z\":1,\"a\":{\"b\":null},\"m\":[{}]}",
        "{\"a\":1,\"a\":2}",
        "{\"k1\":1,\"k2\":1,\"k3\":1,\"k4\":1,\"k5\":1,\"k6\":1,\"k7\":1}"
      })
  void whenJsonIsParsedThenTheTreeEqualsThatOfJackson(String json) {
    JsonNode expected = JsonMapper.shared().readTree(json);
    JsonNode compact = COMPACT.readTree(json);
    assertThat(compact).isEqualTo(expected).hasToString(expected.toString());
    assertThat(expected).isEqualTo(compact);
    assertThat(compact.hashCode()).isEqualTo(expected.hashCode());
    assertThat(compact.deepCopy()).isEqualTo(expected);
  }

  @Test
  void whenAnObjectIsChangedThenItBehavesAsThatOfJackson() {
    ObjectNode object = (ObjectNode) COMPACT.readTree("{}");
    assertThat(object.remove("none")).isNull();
    assertThat(object.putIfAbsent("a", object.numberNode(1))).isNull();
    object.put("b", 2).putObject("c").put("d", 3);
    assertThat(object).hasToString("{\"a\":1,\"b\":2,\"c\":{\"d\":3}}");
    assertThat(object.remove("a")).hasToString("1");
    assertThat(object.has("a")).isFalse();
    object.propertyStream().forEach(member -> assertThat(member.getValue()).isNotNull());
    object.removeAll();
    assertThat(object.isEmpty()).isTrue();
    object.setAll((ObjectNode) COMPACT.readTree("{\"e\":5}"));
    object.properties().clear();
    object.put("f", 6);
    assertThat(object).hasToString("{\"f\":6}");
  }
}
