package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskBindingTest {

  @SuppressWarnings("NullAway") // what the model does not have
  private static ServiceTask task(@Nullable String type, @Nullable String implementation) {
    ServiceTask task = new ServiceTask();
    task.setImplementationType(type);
    task.setImplementation(implementation);
    return task;
  }

  private static ExternalWorkerServiceTask worker(String topic) {
    ExternalWorkerServiceTask task = new ExternalWorkerServiceTask();
    task.setTopic(topic);
    return task;
  }

  @ParameterizedTest
  @EnumSource
  void whenATaskNamesAnActionThenItIsOurs(RestAction action) {
    String bean = action.beanName();
    String type = "io.restconnector.call." + bean.substring(4) + "Delegate";

    assertThat(TaskBinding.of(task("delegateExpression", "${" + bean + "}")))
        .isEqualTo(new TaskBinding(action, "flowable:delegateExpression", null));
    assertThat(TaskBinding.of(task("delegateExpression", " #{ " + bean + " } ")))
        .isEqualTo(new TaskBinding(action, "flowable:delegateExpression", null));
    assertThat(TaskBinding.of(task("class", type)))
        .isEqualTo(new TaskBinding(action, "flowable:class", null));
    assertThat(TaskBinding.of(worker(bean)))
        .isEqualTo(new TaskBinding(action, "flowable:topic", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "delegateExpression | -",
        "-                  | ${restGet}",
        "delegateExpression | ${restGet.x}",
        "delegateExpression | ${other}",
        "class              | io.restconnector.call.Other",
        "class              | restGet",
        "expression         | ${restGet.execute()}",
        "type               | restGet",
      })
  void whenATaskNamesNoActionThenItIsNotOurs(
      @Nullable String type, @Nullable String implementation) {
    assertThat(TaskBinding.of(task(type, implementation))).isNull();
  }

  @Test
  void whenATopicIsNoActionThenTheTaskIsNotOurs() {
    assertThat(TaskBinding.of(worker("other"))).isNull();
    assertThat(TaskBinding.of(new ExternalWorkerServiceTask())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "delegateExpression | ${restget}   | flowable:delegateExpression is 'restget', which is no action of the connector, wanted 'restGet'",
        "delegateExpression | restGet      | flowable:delegateExpression is 'restGet', which is no action of the connector, wanted '${restGet}'",
        "class | io.restconnector.call.getDelegate | flowable:class is 'io.restconnector.call.getDelegate', which is no action of the connector, wanted 'io.restconnector.call.GetDelegate'",
        "class | ` io.restconnector.call.GetDelegate` | flowable:class is ' io.restconnector.call.GetDelegate', which is no action of the connector, wanted 'io.restconnector.call.GetDelegate'",
        "expression         | ${restGet}   | flowable:expression gives the delegate and calls nothing, wanted flowable:delegateExpression=\"${restGet}\"",
        "topic              | RESTGET      | flowable:topic is 'RESTGET', which is no action of the connector, wanted 'restGet'",
        "topic              | ${restGet}   | flowable:topic is '${restGet}', which is no action of the connector, wanted 'restGet'",
      })
  void whenATaskNearlyNamesAnActionThenItIsSaidWhatIsWrong(
      String type, String implementation, String wrong) {
    TaskBinding binding =
        TaskBinding.of(type.equals("topic") ? worker(implementation) : task(type, implementation));

    assertThat(binding).isEqualTo(new TaskBinding(RestAction.GET, "flowable:" + type, wrong));
  }
}
