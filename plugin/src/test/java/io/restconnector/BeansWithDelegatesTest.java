package io.restconnector;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.GetDelegate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A view of the application's beans. */
class BeansWithDelegatesTest {

  private final Map<Object, Object> beans = new HashMap<>(Map.of("mine", "bean"));
  private final BeansWithDelegates all = new BeansWithDelegates(beans);

  @ParameterizedTest
  @CsvSource({
    "restGet, GetDelegate",
    "restHead, HeadDelegate",
    "restPost, PostDelegate",
    "restPut, PutDelegate",
    "restPatch, PatchDelegate",
    "restDelete, DeleteDelegate",
    "restOptions, OptionsDelegate",
    "restTrace, TraceDelegate",
    "activiti_restCallDelegate, RestCallDelegate"
  })
  void whenADelegateIsAskedForThenItIsThere(String name, String type) {
    assertThat(all).containsKey(name);
    assertThat(all.get(name)).extracting(bean -> bean.getClass().getSimpleName()).isEqualTo(type);
  }

  @Test
  void whenTheApplicationHasABeanOfThatNameThenItsOwnCounts() {
    beans.put("restGet", "own");

    assertThat(all).containsEntry("restGet", "own").hasSize(10);
    assertThat(all.entrySet()).contains(Map.entry("restGet", "own"), Map.entry("mine", "bean"));
  }

  @Test
  void whenABeanIsPutThenItIsOneOfTheApplications() {
    assertThat(all.put("late", "bean")).isNull();
    assertThat(all.put("late", "later")).isEqualTo("bean");
    assertThat(beans).containsEntry("late", "later").doesNotContainKey("restGet");
    assertThat(all.get("restGet")).isInstanceOf(GetDelegate.class);
  }

  @Test
  void whenNobodyHasABeanThenThereIsNone() {
    assertThat(all.containsKey("other")).isFalse();
    assertThat(all.get("other")).isNull();
  }
}
