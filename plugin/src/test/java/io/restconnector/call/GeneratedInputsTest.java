package io.restconnector.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.call.internal.CallResult;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestAction;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.RestRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whatever the inputs hold, reading them gives a request that can be sent, or a documented code.
 */
class GeneratedInputsTest {

  record Bean(String secret) {}

  private final RequestReader reader = new RequestReader(HttpSettings.defaults());

  @Provide
  Arbitrary<Object> anything() {
    var nodes = JsonNodeFactory.instance;
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).asGeneric(),
            Arbitraries.strings()
                .withChars("${}#%/?&=:@.[] \r\n\0\u00e4\ud800\"\\")
                .ofMaxLength(12)
                .asGeneric(),
            Arbitraries.integers().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.bigIntegers().asGeneric());
    Arbitrary<Object> odd =
        Arbitraries.of(
            new Bean("s"),
            new byte[] {1},
            Double.NaN,
            Float.NEGATIVE_INFINITY,
            new BigDecimal("1e1000000000"),
            "x".repeat(1_000_000),
            "[".repeat(100_000),
            "{\"a\":1e999999999}",
            nodes.pojoNode(new Bean("s")),
            nodes.missingNode(),
            nodes.numberNode(Double.NaN),
            nodes.binaryNode(new byte[3]),
            Thread.State.NEW,
            Object.class,
            new Object(),
            Arrays.asList(null, null),
            'c',
            new int[] {1},
            Map.of(1, 2),
            Map.of(new Bean("s"), 1),
            "http://h/{a}",
            "http://h",
            "{\"a\":\"\\u0000\"}");
    Arbitrary<Object> maps =
        Arbitraries.maps(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.oneOf(scalars, odd.injectNull(0.1)))
            .ofMaxSize(3)
            .asGeneric();
    return Arbitraries.oneOf(scalars, odd, maps, scalars.list().ofMaxSize(3).asGeneric());
  }

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  void whenInputsAreAnythingThenOnlyDocumentedCodesComeOut(
      @ForAll RestAction action,
      @ForAll("anything") Object url,
      @ForAll boolean usable,
      @ForAll("anything") Object params,
      @ForAll("anything") Object headers,
      @ForAll("anything") Object payload,
      @ForAll("anything") Object timeout,
      @ForAll("anything") Object flag,
      @ForAll("subset") List<String> given) {
    Map<String, @Nullable Object> inputs = new HashMap<>();
    inputs.put("restUrlParams", params);
    inputs.put("requestHeaders", headers);
    inputs.put("requestPayload", payload);
    inputs.put("timeout", timeout);
    inputs.put("circuitBreaker", flag);
    inputs.put("restUrlEncoded", flag);
    inputs.keySet().retainAll(given);
    inputs.put("restUrl", usable ? "http://h/x" : url);
    try {
      RestRequest request =
          reader.read(action, new Inputs(name -> new Inputs.Input(inputs.get(name), null)));
      assertThat(request.uri().toASCIIString()).matches("https?://[!-~]+");
      request
          .headers()
          .forEach(
              header ->
                  assertThat(header.getName() + header.getValue())
                      .doesNotContainPattern("[\r\n\0]"));
      assertThat(request.body() == null || action.readsPayload()).isTrue();
    } catch (InvalidInputException refused) {
      assertThat(refused.code()).isIn(ErrorCode.INVALID_INPUT, ErrorCode.MISSING_INPUT);
      assertThat(CallResult.of(action, "a", refused).message()).hasSizeLessThan(2100);
    }
  }

  @Provide
  Arbitrary<List<String>> subset() {
    return Arbitraries.of(
            "restUrlParams",
            "requestHeaders",
            "requestPayload",
            "timeout",
            "circuitBreaker",
            "restUrlEncoded")
        .list()
        .ofMaxSize(2);
  }

  @Test
  void whenAnInputIsEndlessOrTooDeepThenItIsInvalid() {
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", cyclic);
    cyclic.put("again", cyclic);
    List<Object> list = new ArrayList<>();
    list.add(List.of(list));
    Object deep = "x";
    for (int i = 0; i < 2000; i++) {
      deep = i % 2 == 0 ? Map.of("k", deep) : new Object[] {deep};
    }
    var deepNode = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 2000; i++) {
      deepNode = JsonNodeFactory.instance.arrayNode().add(deepNode);
    }
    for (Object endless :
        List.of(
            new Object[] {cyclic},
            new Object[] {list},
            new Object[] {deep},
            new Object[] {deepNode})) {
      for (String input :
          List.of(
              "restUrlParams", "requestHeaders", "requestPayload", "timeout", "circuitBreaker")) {
        assertThatThrownBy(
                () ->
                    reader.read(
                        RestAction.POST,
                        new Inputs(
                            name ->
                                name.equals("restUrl")
                                    ? new Inputs.Input("http://h/x", null)
                                    : name.equals(input)
                                        ? new Inputs.Input(((Object[]) endless)[0], null)
                                        : null)))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(input);
      }
    }
  }
}
