package io.restconnector.aps.internal;

import static io.restconnector.aps.internal.TestCalls.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.restconnector.aps.internal.RestCallModel.RequestHeader;
import io.restconnector.aps.internal.RestCallModel.RequestMapping;
import org.junit.jupiter.api.Test;

class RestCallModelTest {

  @Test
  void whenFieldsAreReadThenTheFirstThatIsFilledCounts() {
    RestCallModel model =
        model("restUrl=  ", "restUrl= a ", "restUrl=b", "httpMethod:= ${m} ", "timeout:=", "x=");

    assertThat(model.fields()).containsOnly(entry("restUrl", "a"), entry("httpMethod", "${m}"));
    assertThat(model.field("restUrl")).isEqualTo("a");
    assertThat(model.field("timeout")).isNull();
  }

  @Test
  void whenAnEndpointIsNamedThenItsNameComesFirst() {
    assertThat(model("restUrl=a").hasEndpoint()).isFalse();
    assertThat(model("baseEndpoint=7").hasEndpoint()).isTrue();
    assertThat(model("baseEndpoint=7").endpointField()).isEqualTo("baseEndpoint");
    assertThat(model("baseEndpointName=a").hasEndpoint()).isTrue();
    assertThat(model("baseEndpoint=7", "baseEndpointName=a").endpointField())
        .isEqualTo("baseEndpointName");
  }

  @Test
  void whenElementsAreReadThenWhatTheyLackIsEmpty() {
    RestCallModel model =
        model(
            "<request-header headerName=A headerValue=${a}",
            "<request-header headerName=B",
            "<request-mapping jsonPropertyName=p jsonPropertyType=string jsonPropertyValue=5",
            "<request-mapping jsonPropertyName=q jsonPropertyValueVariable=v",
            "<request-mapping jsonPropertyName=r jsonPropertyValueFormField=f"
                + " jsonPropertyValueVariable=v",
            "<request-mapping jsonPropertyName=s jsonPropertyValueRestResponseField=r"
                + " jsonPropertyValueFormField=f",
            "<response-mapping jsonPropertyName=a.b processVariableName=c processVariableType=date",
            "<response-mapping",
            "<other a=b");

    assertThat(model.headers())
        .containsExactly(new RequestHeader("A", "${a}"), new RequestHeader("B", ""));
    assertThat(model.requestMappings())
        .containsExactly(
            new RequestMapping("p", "string", null, "5"),
            new RequestMapping("q", "", "v", ""),
            new RequestMapping("r", "", "f", ""),
            new RequestMapping("s", "", "r", ""));
    assertThat(model.responseMappings())
        .containsExactly(new ResponseMapping("a.b", "c", "date"), new ResponseMapping("", "", ""));
  }
}
