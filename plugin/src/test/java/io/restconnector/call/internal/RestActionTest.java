package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each action reads and writes (contract: Actions). */
class RestActionTest {

  @ParameterizedTest
  @CsvSource({
    "GET, restGet, false, false, true, true, true",
    "HEAD, restHead, false, false, true, false, true",
    "POST, restPost, true, true, true, true, true",
    "PUT, restPut, true, true, true, true, true",
    "PATCH, restPatch, true, true, true, true, true",
    "DELETE, restDelete, true, false, true, true, true",
    "OPTIONS, restOptions, false, false, true, false, true",
    "TRACE, restTrace, false, false, false, true, false",
  })
  void whenAnActionIsAskedThenItSaysWhatItReadsAndWrites(
      RestAction action,
      String bean,
      boolean payload,
      boolean payloadVariable,
      boolean urlEncoded,
      boolean result,
      boolean headers) {
    assertThat(action.beanName()).isEqualTo(bean);
    assertThat(action.readsPayload()).isEqualTo(payload);
    assertThat(action.inputs().contains("requestPayload")).isEqualTo(payload);
    assertThat(action.readsPayloadVariable()).isEqualTo(payloadVariable);
    assertThat(action.readsUrlEncoded()).isEqualTo(urlEncoded);
    assertThat(action.inputs().contains("restUrlEncoded")).isEqualTo(urlEncoded);
    assertThat(action.hasResult()).isEqualTo(result);
    assertThat(action.outputs().contains("restResult")).isEqualTo(result);
    assertThat(action.hasResponseHeaders()).isEqualTo(headers);
    assertThat(action.outputs().contains("restResponseHeaders")).isEqualTo(headers);
    assertThat(action.outputs()).contains("restStatus", "restError").isSubsetOf(CallResult.OUTPUTS);
  }

  @ParameterizedTest
  @EnumSource
  void whenFieldsAreAskedThenTheyAreTheInputsAndWhatOnlyTheModelSays(RestAction action) {
    List<String> onlyFields = List.of("outputMapping", "outputScope", "poll");

    assertThat(action.inputs())
        .contains("restUrl", "timeout")
        .doesNotContainAnyElementsOf(onlyFields);
    assertThat(action.fields()).containsAll(action.inputs()).containsAll(onlyFields);
    assertThat(action.fields()).hasSize(action.inputs().size() + onlyFields.size());
  }

  @Test
  void whenNamesAreListedThenTheyStandInOrder() {
    assertThat(List.copyOf(RestAction.GET.inputs())).isSorted();
    assertThat(List.copyOf(RestAction.GET.fields())).isSorted();
    assertThat(List.copyOf(RestAction.GET.outputs())).isSorted();
  }
}
