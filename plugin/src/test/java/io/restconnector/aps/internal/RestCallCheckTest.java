package io.restconnector.aps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.aps.RestCallDelegate;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.EndpointSettings;
import java.util.List;
import java.util.Map;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression with {@code !} can be parsed. */
class RestCallCheckTest {

  private static final AccessSettings ACCESS =
      AccessSettings.defaults().withEndpoints(Map.of("crm", new EndpointSettings("https://crm")));

  private static List<String> faults(@Nullable AccessSettings access, String... texts) {
    return RestCallCheck.faults(
            TestCalls.task(texts),
            access,
            expression -> {
              if (expression.contains("!")) {
                throw new IllegalArgumentException(expression);
              }
            })
        .stream()
        .map(fault -> (fault.isError() ? "" : "warning ") + fault.field() + " | " + fault.message())
        .toList();
  }

  private static List<String> faultsOf(String task) {
    return faults(ACCESS, task.split(" ; "));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "delegateExpression, ${restCallDelegate}, true",
        "delegateExpression, ' #{ restCallDelegate } ', true",
        "delegateExpression, restCallDelegate, false",
        "delegateExpression, ${restCallDelegate.x}, false",
        "delegateExpression, -, false",
        "class, ${restCallDelegate}, false",
        "-, ${restCallDelegate}, false"
      })
  @SuppressWarnings("NullAway") // what the model does not have
  void whenATaskIsNoRestCallThenItIsNotChecked(
      @Nullable String type, @Nullable String implementation, boolean isOurs) {
    ServiceTask task = new ServiceTask();
    task.setImplementationType(type);
    task.setImplementation(
        implementation == null
            ? null
            : implementation.replace("restCallDelegate", RestCallDelegate.BEAN_NAME));

    assertThat(RestCallCheck.concerns(task)).isEqualTo(isOurs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restUrl=https://h/{a}/${b}",
        "baseEndpointName=crm",
        "baseEndpointName=crm ; baseEndpoint=none ; restUrl=/x",
        "baseEndpointName=none ; baseEndpoint=crm",
        "baseEndpointName=${a} ; baseEndpoint=none",
        "baseEndpoint:=${a}",
        "restUrl=https://h ; httpMethod:=${m} ; requestMappingJSONTemplate={\"a\":${b}}",
        "restUrl=https://h ; httpMethod=delete ; requestMappingJSONTemplate={} ; <request-mapping jsonPropertyName=p",
        "restUrl=https://h ; httpMethod=PUT ; <request-mapping jsonPropertyName=p",
        "restUrl=https://h ; <request-header headerName=A headerValue=${a}",
        "restUrl=https://h ; <response-mapping processVariableName=a",
      })
  void whenATaskCanWorkThenNothingIsFound(String task) {
    assertThat(faultsOf(task)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout=1 | restUrl | restUrl is missing, wanted a URL, or an endpoint in baseEndpointName",
        "restUrl=${a!} | restUrl | restUrl has the malformed expression ${a!}",
        "restUrl=${a}#{b!} | restUrl | restUrl is text that mixes ${ and #{",
        "baseEndpoint=7 | baseEndpoint | baseEndpoint names no endpoint, wanted one of [crm]",
        "baseEndpoint=7 ; baseEndpointName=a | baseEndpointName | baseEndpointName names no endpoint, wanted one of [crm]",
        "baseEndpoint=crm ; restUrl=https://h | restUrl | restUrl is an absolute URL beside an endpoint, wanted a path, or no endpoint",
        "restUrl=https://h ; httpMethod=TRACE | httpMethod | httpMethod is another String, wanted GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS",
        "restUrl=https://h ; httpMethod=PUT ; requestMappingJSONTemplate={} ; <request-mapping jsonPropertyName=p | requestMappingJSONTemplate | requestMappingJSONTemplate stands beside modeler:request-mapping, wanted one of the two",
        "restUrl=https://h ; httpMethod:=${m} ; requestMappingJSONTemplate={} ; <request-mapping jsonPropertyName=p | requestMappingJSONTemplate | requestMappingJSONTemplate stands beside modeler:request-mapping, wanted one of the two",
        "restUrl=https://h ; httpMethod=PUT ; requestMappingJSONTemplate={\"a\":${b!}} | requestMappingJSONTemplate | requestMappingJSONTemplate has the malformed expression ${b!}",
        "restUrl=https://h ; <request-header headerName=A headerValue=${a!} | modeler:request-header | modeler:request-header has the malformed expression ${a!}",
        "restUrl=https://h ; httpMethod=PUT ; <request-mapping jsonPropertyName=p jsonPropertyValue=${a!} | modeler:request-mapping | modeler:request-mapping has the malformed expression ${a!}",
        "restUrl=https://h ; httpMethod=PUT ; <request-mapping | modeler:request-mapping | jsonPropertyName is missing, wanted a name",
        "restUrl=https://h ; <response-mapping jsonPropertyName=a | modeler:response-mapping | processVariableName is missing, wanted a name",
      })
  void whenSomethingCannotWorkThenItIsAnError(String task, String field, String message) {
    assertThat(faultsOf(task)).containsExactly(field + " | " + message);
  }

  @Test
  void whenATemplateIsNoJsonThenItsPlaceIsSaid() {
    assertThat(faultsOf("restUrl=https://h ; httpMethod=PUT ; requestMappingJSONTemplate={"))
        .singleElement()
        .asString()
        .startsWith(
            "requestMappingJSONTemplate | requestMappingJSONTemplate is a String that holds no JSON")
        .contains("line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void whenAMethodHasNoBodyThenATemplateIsAWarning(String method) {
    assertThat(
            faultsOf(
                "restUrl=https://h ; httpMethod=%s ; requestMappingJSONTemplate={}"
                    .formatted(method)))
        .containsExactly(
            "warning requestMappingJSONTemplate | requestMappingJSONTemplate is not sent with "
                + method);
  }

  @Test
  void whenNobodyKnowsTheNodeThenNoEndpointIsMissing() {
    assertThat(faults(null, "baseEndpoint=7")).isEmpty();
  }
}
