package io.restconnector.aps.internal;

import static io.restconnector.aps.internal.TestCalls.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.call.internal.Inputs;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RestAction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RestCallPayloadTest {

  private static final String TEMPLATE = "requestMappingJSONTemplate={\"a\":${v}}";
  private static final String MAPPING =
      "<request-mapping jsonPropertyName=p jsonPropertyValue=x${v}";
  private static final Map<String, Object> VARIABLES = Map.of("v", 5, "bean", new Object());

  private static RestCallPayload of(RestAction action, String... texts) {
    return new RestCallPayload(action, values(VARIABLES, texts));
  }

  private static @Nullable String text(Inputs.@Nullable Input input) {
    return input == null ? null : String.valueOf(input.value());
  }

  @ParameterizedTest
  @EnumSource
  void whenThereAreMappingsThenTheyAreABodyOrElseAQuery(RestAction action) throws Exception {
    boolean hasBody = List.of(RestAction.POST, RestAction.PUT, RestAction.PATCH).contains(action);
    RestCallPayload payload = of(action, MAPPING);

    assertThat(text(payload.body())).isEqualTo(hasBody ? "{\"p\":\"x5\"}" : null);
    assertThat(text(payload.query())).isEqualTo(hasBody ? null : "{\"p\":\"x5\"}");
    assertThat(text(of(action).body())).isNull();
    assertThat(text(of(action).query())).isNull();
    assertThat(text(of(action, TEMPLATE).body())).isEqualTo("{\"a\":5}");
  }

  @Test
  void whenThereAreTwoBodiesThenTheyAreRefusedButNotBesideAQuery() throws Exception {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(RestAction.PUT, TEMPLATE, MAPPING).body())
        .withMessage(RestCallPayload.TWO_BODIES);
    assertThat(text(of(RestAction.DELETE, TEMPLATE, MAPPING).body())).isEqualTo("{\"a\":5}");
    assertThat(text(of(RestAction.DELETE, TEMPLATE, MAPPING).query())).isEqualTo("{\"p\":\"x5\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requestMappingJSONTemplate={\"a\":  | requestMappingJSONTemplate is a String that holds no JSON, wanted JSON; line 1",
        "requestMappingJSONTemplate={\"a\":[${bean}]} | requestMappingJSONTemplate is a java.lang.Object at /a/0",
        "requestMappingJSONTemplate=[${none}] | requestMappingJSONTemplate is the expression ${none}",
        "<request-mapping jsonPropertyName=p jsonPropertyValue=${bean} | modeler:request-mapping is a java.lang.Object",
        "<request-mapping jsonPropertyName=p jsonPropertyValue=${none} | modeler:request-mapping is the expression ${none}",
        "<request-mapping jsonPropertyName=p jsonPropertyValue=x jsonPropertyType=integer | modeler:request-mapping 'p' is a JSON STRING that holds no number",
      })
  void whenAPayloadCannotBeMadeThenItsPlaceIsSaid(String text, String said) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> of(RestAction.POST, text).body())
        .withMessageStartingWith(said);
  }

  @Test
  void whenAMappingHasATypeThenTheValueHasItAndAVariableKeepsItsOwn() throws Exception {
    assertThat(
            text(
                of(
                        RestAction.POST,
                        "<request-mapping jsonPropertyName=a jsonPropertyValue=5"
                            + " jsonPropertyType=integer",
                        "<request-mapping jsonPropertyName=b jsonPropertyValueVariable=v",
                        "<request-mapping jsonPropertyName=c jsonPropertyValueVariable=none",
                        "<request-mapping jsonPropertyName=d jsonPropertyValue=5")
                    .body()))
        .isEqualTo("{\"a\":5,\"b\":5,\"c\":null,\"d\":\"5\"}");
  }
}
